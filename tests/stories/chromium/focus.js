const at = document.activeElement;
if (!at || at === document.body) return null;
const style = getComputedStyle(at);
const box = at.getBoundingClientRect();
const onScreen = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
// Words that go over two lines have a box whose middle is beside them.
const first = at.getClientRects()[0] ?? box;
const over = document.elementFromPoint(first.left + first.width / 2, first.top + first.height / 2);
const ringed = at.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const named = at.labels?.length ? at.labels[0] : at;
return {
  name: at.id || at.name || "",
  label: (at.getAttribute("aria-label") || named.innerText || "").replace(/\s+/gu, " ").trim(),
  shows: ringed && onScreen && (at.contains(over) || (at.labels?.[0]?.contains(over) ?? false)),
};
