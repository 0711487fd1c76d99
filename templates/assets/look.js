// Comfort only: every page works without this file. Its words come from data- attributes, so that it speaks every language.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// What was refused has the focus, where the browser does not know autofocus here.
document.querySelector(".problems")?.focus();

// Show or hide a password. It is hidden again before it is sent, so that no browser keeps it as a text.
for (const button of all("[data-reveal]")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.setAttribute("aria-pressed", String(visible));
    button.querySelector("span").textContent = visible ? button.dataset.hide : button.dataset.show;
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  window.addEventListener("pagehide", () => show(false));
}

// Caps Lock.
for (const line of all("[data-caps]")) {
  const input = document.getElementById(line.dataset.caps);
  const look = (event) => {
    const text = event.getModifierState?.("CapsLock") ? line.dataset.on : "";
    if (line.textContent !== text) line.textContent = text;
  };
  input.addEventListener("keydown", look);
  input.addEventListener("keyup", look);
  input.addEventListener("blur", () => { line.textContent = ""; });
}

// The blackboard's families say in the tree of the page, too, whether they are open.
for (const details of all(".families details")) {
  const tell = () => details.firstElementChild.setAttribute("aria-expanded", String(details.open));
  details.addEventListener("toggle", tell);
  tell();
}

// The list under a new password follows what is typed: a tick and a word at each rule, and one line for who hears the page,
// once the typing has paused. The server stays the judge.
const spelt = { œ: "oe", æ: "ae", ø: "o", ł: "l", ß: "ss" };
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[œæøłß]/g, (sign) => spelt[sign]).replace(/[^\p{L}\p{N}]/gu, "");
const bits = (text) => {
  const kinds = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/u, 37]];
  const signs = kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0);
  return signs ? Math.round([...text].length * Math.log2(signs)) : 0;
};
const within = (value, { least = 0, most = Infinity }) => value >= Number(least) && value <= Number(most);
const tests = {
  length: (text, rule) => within([...text].length, rule),
  bits: (text, rule) => within(bits(text), rule),
  digit: (text) => /[0-9]/.test(text),
  letter: (text) => /\p{L}/u.test(text),
  identity: (text, { wholes = "", parts = "" }) => text !== "" && !wholes.split(" ").includes(plain(text))
    && !parts.split(" ").some((part) => part && plain(text).includes(part)),
};
for (const list of all("[data-rules-for]")) {
  const input = document.getElementById(list.dataset.rulesFor);
  const line = list.parentElement.querySelector("[data-rules-said]");
  let pause;
  input?.addEventListener("input", () => {
    const rules = all("[data-rule]", list);
    let count = 0;
    for (const rule of rules) {
      const met = tests[rule.dataset.rule](input.value.normalize("NFC"), rule.dataset);
      count += met ? 1 : 0;
      rule.classList.toggle("met", met);
      const state = met ? list.dataset.met : list.dataset.unmet;
      const said = rule.querySelector("b");
      if (said.textContent !== state) said.textContent = state;
    }
    clearTimeout(pause);
    pause = setTimeout(() => {
      line.textContent = line.dataset.rulesSaid.replace("{met}", count).replace("{all}", rules.length);
    }, 900);
  });
}

// An address whose domain is one slip away from a known one: asked about when the field is left, never put right by itself.
const isOneSlip = (typed, meant) => {
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  const [a, b] = [typed.slice(start), meant.slice(start)];
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1)
    || (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
};
for (const line of all("[data-meant]")) {
  const input = document.getElementById(line.dataset.meant);
  input.addEventListener("change", () => {
    const [, local, domain] = input.value.trim().toLowerCase().match(/^(.+)@([^@]+)$/) ?? [];
    const known = line.dataset.domains.split(" ");
    const meant = domain && !known.includes(domain) && known.find((other) => isOneSlip(domain, other));
    line.textContent = meant ? line.dataset.ask.replace("{address}", `${local}@${meant}`) : "";
  });
}

// Copy.
for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    document.getElementById(button.getAttribute("aria-describedby")).textContent = button.dataset.copied;
  });
}

// A dialog that the server sent open becomes a modal one.
for (const dialog of all("dialog[open][data-modal]")) {
  dialog.close();
  dialog.showModal();
}

// A button that opens after a while says how long: data-wait holds "{label} ({minutes} min {seconds} s)".
for (const button of all("[data-after]")) {
  let left = Number(button.dataset.after);
  const label = button.textContent;
  const tick = () => {
    const values = { label, minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, "0") };
    button.disabled = left > 0;
    button.textContent = left > 0 ? button.dataset.wait.replace(/\{(\w+)\}/g, (_, name) => values[name]) : label;
    if (left-- > 0) setTimeout(tick, 1000);
  };
  tick();
}

// Print.
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
