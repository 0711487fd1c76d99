// oidc-provider with its own sign-in pages, on loopback: an external provider of identities. One order per line on stdin,
// one answer per line on stdout: both JSON. It ends with its stdin.
import { createServer } from "node:http";
import { createInterface } from "node:readline";

// Its notices go where warnings go: stdout is for the answers.
console.info = console.error;
const { default: Provider } = await import("oidc-provider");

const server = createServer();

const orders = {
  // Takes a port, for whoever has to know the issuer before there is a client.
  async listens() {
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    return { issuer: `http://127.0.0.1:${server.address().port}` };
  },
  // Serves the issuer to one client. People sign in by their names in `people`, whatever the password.
  serves({ issuer, client, people }) {
    const provider = new Provider(issuer, {
      clients: [client],
      claims: { openid: ["sub", "student_number", "email", "email_verified"] },
      // The claims stand in the ID token, as this provider's documentation has it for clients without UserInfo.
      conformIdTokenClaims: false,
      cookies: { keys: ["a key of the stories"] },
      findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    });
    server.on("request", provider.callback());
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...particulars } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await orders[order](particulars))}\n`);
}
process.exit();
