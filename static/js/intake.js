// Another case or channel changes the checklist and the date at once, without a second press.
document.querySelectorAll("#truong-hop, #kenh").forEach((choice) =>
  choice.addEventListener("change", () => choice.form.submit()));
