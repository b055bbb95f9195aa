// A keyboard on the screen for boxes with data-keys: letters with đ and tone keys, codes, digits.
(() => {
  const TONES = { "´": "\u0301", "`": "\u0300", "ˀ": "\u0309", "˜": "\u0303", ".": "\u0323" };
  const NAMES = { "´": "dấu sắc", "`": "dấu huyền", "ˀ": "dấu hỏi", "˜": "dấu ngã", ".": "dấu nặng" };
  const FACES = { "´": "á", "`": "à", "ˀ": "ả", "˜": "ã", ".": "ạ" };
  const ROWS = {
    letters: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "đăâêôơư´`ˀ˜."],
    code: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm.-"],
    digits: ["123", "456", "789", "0"],
  };
  const VOWEL = /[aăâeêioôơuưy]/i;
  const MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;
  let box, pad;

  const tone = (text, mark) => {
    const letters = [...text.normalize("NFC")];
    for (let i = letters.length - 1; i >= 0 && letters[i] !== " "; i--) {
      const bare = letters[i].normalize("NFD").replace(MARKS, "").normalize("NFC");
      if (!VOWEL.test(bare)) continue;
      letters[i] = (bare + mark).normalize("NFC");
      break;
    }
    return letters.join("");
  };
  const write = (value) => {
    box.value = value.slice(0, box.maxLength);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = (key) => {
    if (key === "xoa") write([...box.value].slice(0, -1).join(""));
    else if (key === "xoa-het") write("");
    else if (box.dataset.keys === "letters" && TONES[key]) write(tone(box.value, TONES[key]));
    else write(box.value + (box.dataset.keys === "code" ? key.toUpperCase() : key));
  };
  const button = (key, face, name, wide) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = face;
    if (name) made.setAttribute("aria-label", name);
    if (wide) made.className = "wide";
    made.addEventListener("click", () => press(key));
    return made;
  };
  const build = (kind) => {
    pad?.remove();
    pad = document.createElement("div");
    pad.className = `pad pad--${kind}`;
    for (const row of ROWS[kind]) {
      const line = document.createElement("div");
      for (const key of row) {
        const isTone = kind === "letters" && NAMES[key];
        const face = isTone ? FACES[key] : kind === "code" ? key.toUpperCase() : key;
        line.append(button(key, face, isTone));
      }
      pad.append(line);
    }
    const last = document.createElement("div");
    if (kind === "letters") last.append(button(" ", "dấu cách", "", true));
    last.append(button("xoa", "‹ Xóa chữ", "", true), button("xoa-het", "Xóa hết", "", true));
    pad.append(last);
    box.form.append(pad);
  };
  const boxes = [...document.querySelectorAll("[data-keys]")];
  const take = (one) => { box = one; build(one.dataset.keys); };
  for (const one of boxes) {
    one.setAttribute("inputmode", "none");  // the glass has its own keyboard: do not raise another
    one.addEventListener("focus", () => { if (one !== box) take(one); });
  }
  const first = boxes.find((one) => one.autofocus) ?? boxes[0];
  if (first) { take(first); first.focus(); }

  const search = document.querySelector("[data-suggest]");
  const list = document.getElementById("goi-y");
  let timer, turn = 0;
  search?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      const answer = await fetch(`${search.dataset.suggest}?q=${encodeURIComponent(search.q.value)}`);
      if (mine === turn && answer.ok) list.innerHTML = await answer.text();
    }, 200);
  });
  search?.addEventListener("submit", (event) => {
    event.preventDefault();
    location.replace(`${search.action}?q=${encodeURIComponent(search.q.value)}`);
  });
})();
