const at = document.activeElement;
if (!at || at === document.body) return null;
const style = getComputedStyle(at);
const box = at.getBoundingClientRect();
const onScreen = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
const ringed = at.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const named = at.labels?.length ? at.labels[0] : at;
return {
  name: at.id || at.name || "",
  label: (at.getAttribute("aria-label") || named.innerText || "").replace(/\s+/gu, " ").trim(),
  shows: ringed && onScreen && (at.contains(over) || (at.labels?.[0]?.contains(over) ?? false)),
};
