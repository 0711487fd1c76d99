// What axe does not count: nothing wider than the window (WCAG 1.4.10), every target 24 by 24 (WCAG 2.5.8) unless it stands
// in a sentence, and where the help link is (WCAG 3.2.6).
const complaints = [];
const wide = document.documentElement.scrollWidth - innerWidth;
if (wide > 0) complaints.push(`${wide} px wider than the window`);
for (const target of document.querySelectorAll("a, button, summary, input:not([type=hidden])")) {
  const ticked = target.matches("[type=checkbox], [type=radio]") ? target.closest("label") : null;
  const box = (ticked ?? target).getBoundingClientRect();
  if (box.width === 0 || target.matches(".skip")) continue;
  const inSentence = target.matches("p a") && target.parentElement.textContent.trim() !== target.textContent.trim();
  if (!inSentence && (box.width < 24 || box.height < 24)) {
    complaints.push(`${target.outerHTML.slice(0, 80)} is ${Math.round(box.width)} by ${Math.round(box.height)} px`);
  }
  if (box.right > innerWidth + 1 || box.left < -1) complaints.push(`${target.outerHTML.slice(0, 80)} stands beside the window`);
}
const links = [...document.querySelectorAll("body > header nav a")];
const help = links.findIndex((link) => link.getAttribute("href") === "#help");
const order = [...document.querySelectorAll("header nav a, main, #help, footer")].map((each) => each.getAttribute("href") === "#help" ? "link" : each.id || each.localName);
return { complaints, help: help < 0 ? null : `${help} ${order.indexOf("link")} ${order.indexOf("help") > order.indexOf("content")}` };
