// The list under the procedure box: fetched as it is typed, walked with the arrows, opened by Enter.
(() => {
  const form = document.querySelector("[data-suggest]");
  const box = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  let at = -1, asked = 0, timer, waiting = false;

  const mark = (index) => {
    const all = options();
    at = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, i) => option.setAttribute("aria-selected", i === at));
    box.setAttribute("aria-activedescendant", at < 0 ? "" : all[at].id);
    box.setAttribute("aria-expanded", all.length > 0);
    if (at >= 0) all[at].scrollIntoView({ block: "nearest" });
  };
  const open = () => options()[Math.max(at, 0)]?.querySelector("a").click();
  const ask = async () => {
    const turn = ++asked;
    if (box.value.split("|").length > 3) {  // a card: personal, and no procedure
      box.value = "";
      list.innerHTML = `<li role="option" aria-selected="false" aria-disabled="true">${form.dataset.scanned}</li>`;
      return;
    }
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(box.value)}`);
    if (turn !== asked || !answer.ok) return;
    list.innerHTML = await answer.text();
    mark(0);
    if (waiting) open();
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    at = -1;
    timer = setTimeout(ask, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { mark(at + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { mark(at - 1); event.preventDefault(); }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (at >= 0) return open();
    waiting = true;
    clearTimeout(timer);
    ask();
  });
})();
