// The kiosk forgets: no history, a countdown, a new start. It reports that it works, and it reads
// a barcode reader on every page. Without this file the pages still work and still turn back.
(() => {
  const { root, idle, start } = document.body.dataset;
  const limit = Number(idle) * 1000;
  const atStart = start !== undefined;
  const notice = document.querySelector("[data-forget]");
  const warning = Math.min(15000, limit / 2);
  let touched = Date.now();

  const tell = (work) => fetch(`${root}nhip/`, {
    method: "POST", keepalive: true, body: new URLSearchParams(work ? { viec: work } : {}),
  });
  // A page that cannot be fetched would strand the screen on the browser's own error page.
  const reached = (work, then) => tell(work).then(then, () => {
    if (!notice) return;
    notice.hidden = false;
    notice.textContent = "Đang mất mạng. Bà con chờ một chút rồi chạm lại.";
  });
  let leaving = false;
  const again = () => {
    if (leaving) return;
    leaving = true;
    document.querySelector("main").textContent = "";  // forgotten, whether or not the network works
    const retry = () => tell().then(() => location.replace(root), () => setTimeout(retry, 5000));
    retry();
  };

  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "input"])
    document.addEventListener(sign, () => { touched = Date.now(); }, { capture: true, passive: true });
  setInterval(() => {
    const left = limit - (Date.now() - touched);
    if (atStart) return;
    if (left <= 0) return again();
    if (!notice) return;
    if (left > warning && !notice.textContent.startsWith("Chạm")) return;
    notice.hidden = left > warning;
    const text = `Chạm để ở lại; không thì về đầu sau ${Math.ceil(left / 1000)} giây`;
    if (!notice.hidden && notice.textContent !== text) notice.textContent = text;
  }, 250);
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const work = link.hasAttribute("data-door") ? "bat-dau" : "";
    reached(work, () => location.replace(link.href));
  });
  for (const sign of ["contextmenu", "dragstart"])
    document.addEventListener(sign, (event) => event.preventDefault());

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => { tell("in").catch(() => {}); window.print(); });
  }

  // A reader types faster than any finger and ends with Enter. Where a Vietnamese input method
  // left on hides the character, the physical key is read: "dd" stays "dd".
  const SIGNS = { Minus: "-_", Slash: "/?", Period: ".>", Semicolon: ";:", Equal: "=+" };
  let read = "", last = 0;
  const typed = (event) => {
    if (/^[!-~]$/.test(event.key)) return event.key;
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (letter) {
      const upper = event.shiftKey !== event.getModifierState("CapsLock");
      return upper ? letter[1] : letter[1].toLowerCase();
    }
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    if (digit) return event.shiftKey ? "" : digit[1];
    return SIGNS[event.code]?.[event.shiftKey ? 1 : 0] ?? "";
  };
  document.addEventListener("keydown", (event) => {
    const now = Date.now();
    if (now - last > 60) read = "";
    last = now;
    if (event.key !== "Enter") { read += typed(event); return; }
    if (read.length < 12) return;
    event.preventDefault();
    const form = document.getElementById("may-quet");
    form.elements.quet.value = read;
    reached("", () => form.submit());
  }, true);

  const report = () => tell().catch(() => {});  // no network: the office sees that we are silent
  report();
  setInterval(report, 60000);
})();
