// Keys shown beside labels work: F2, F4 … press what carries that data-key.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^F\d/.test(event.key)) return;
  const target = document.querySelector(`[data-key="${event.key}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
