// Intake: another case or channel changes the page at once; a scanned card fills the form in place;
// a number already known is offered. Rules live on the server: without this file, Enter asks it.
document.querySelectorAll("#truong-hop, #kenh").forEach((choice) =>
  choice.addEventListener("change", () => choice.form.submit()));

(() => {
  const form = document.querySelector("[data-scan]");
  if (!form) return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const ask = (address, body) =>
    fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(body) });
  const show = (part, html) => {
    const place = form.querySelector(`[data-notices=${part}]`);
    place.innerHTML = html;
    if (html.trim() && place.closest("details")) place.closest("details").open = true;
  };
  const isScan = (text) => text.split("|").length > 3;
  let reading = null;

  const read = async (name, text, field) => {
    let found;
    try {
      found = await (await ask(form.dataset.scan, { name, text })).json();
    } catch {
      return show("owner", `<p class="notice notice--wait">${form.dataset.cut}</p>`);
    }
    const { values, part, notice } = found;
    for (const [key, value] of Object.entries(values)) {
      const target = form.elements[key];
      if (target) target.value = value;
    }
    show(part, notice);
    field?.focus();
  };

  // A scanner types into whatever has the focus. In a text field the field collects it …
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !field.matches("input") || !isScan(field.value)) return;
    event.preventDefault();
    reading = read(field.name, field.value, field).finally(() => { reading = null; });
  });

  // … elsewhere (a tick box, a list, a button) its first digit leads to the name's field.
  document.addEventListener("keydown", (event) => {
    const place = event.target;
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (place.matches("input:not([type=checkbox]), textarea")) return;
    const part = place.name?.startsWith("submitter") ? "submitter" : "owner";
    form.elements[`${part}_name`].focus();
  });

  // F9 pressed while a card is still being read waits for it.
  form.addEventListener("submit", (event) => {
    if (!reading) return;
    event.preventDefault();
    const by = event.submitter;
    reading.then(() => form.requestSubmit(by));
  });

  // A number typed by hand: is the person known, does it agree with birth and sex?
  for (const part of ["owner", "submitter"]) {
    const beside = ["identity", "birth", "sex"].map((name) => form.elements[`${part}_${name}`]).filter(Boolean);
    const check = async () => {
      if (!beside[0].value || isScan(beside[0].value)) return;
      const body = { part };
      beside.forEach((field) => { body[field.name] = field.value; });
      const answer = await ask(form.dataset.known, body).catch(() => null);
      if (answer?.ok && !answer.redirected) show(part, await answer.text());
    };
    beside.forEach((field) => field.addEventListener("change", check));
  }
})();
