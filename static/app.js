// Saves keystrokes and page loads; every page works without it. Pages ask for things with
// attributes: data-row (j and k walk these), data-key="e" (that key clicks it), data-submit
// (a choice that sends its form), data-ticks (a form whose rows are ticked), data-rows with a <template> (rows to add and remove),
// data-progress (where events tell how far something is).
"use strict";

const typing = (target) =>
  target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

function search(main) {
  const field = document.getElementById(main ? "go" : "q") || document.getElementById("go");
  if (!field || !field.checkVisibility()) return false;
  field.focus();
  field.select();
  return true;
}

function walk(step) {
  const neighbour = document.querySelector(step > 0 ? "main a[rel=next][data-step]" : "main a[rel=prev][data-step]");
  if (neighbour) return neighbour.click();
  const rows = [...document.querySelectorAll("main [data-row]")];
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function shortcuts() {
  let dialog = document.querySelector("dialog.keys-dialog");
  if (!dialog) {
    const list = document.querySelector(".keys-list");
    if (!list) return;
    dialog = document.createElement("dialog");
    dialog.className = "dialog keys-dialog";
    dialog.setAttribute("aria-label", "Keyboard shortcuts");
    const title = document.createElement("h2");
    title.textContent = "Keyboard shortcuts";
    const copy = list.cloneNode(true);
    copy.removeAttribute("id");
    const form = document.createElement("form");
    form.method = "dialog";
    form.className = "actions";
    const close = document.createElement("button");
    close.className = "btn";
    close.textContent = "Close";
    form.append(close);
    dialog.append(title, copy, form);
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      closeMenus();
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === "k" && search(true)) event.preventDefault();
    if (event.key === "Enter" && event.target.form?.method === "post") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    return;
  }
  if (event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/" && search(false)) event.preventDefault();
  else if (event.key === "?") shortcuts();
  else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "x" && event.target.matches("[data-row]")) event.target.closest("tr").querySelector("input[type=checkbox]")?.click();
  else if (/^[a-z1-9]$/.test(event.key)) document.querySelector(`[data-key="${event.key}"]`)?.click();
});

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const link = event.target.closest("a[href$='#keys']");
  if (link) {
    event.preventDefault();
    closeMenus();
    shortcuts();
  }
  const button = event.target.closest("[data-rows] button[name=add], [data-rows] button[name=remove]");
  if (!button) return;
  const rows = button.closest("[data-rows]");
  const template = rows.querySelector("template");
  if (button.name === "remove") {
    event.preventDefault();
    const row = button.closest("[data-item]");
    const near = row.nextElementSibling?.querySelector("input, button") || rows.querySelector("button[name=add]");
    row.remove();
    near?.focus();
  } else if (template) {
    event.preventDefault();
    template.before(template.content.cloneNode(true));
    template.previousElementSibling.querySelector("input")?.focus();
  }
});

// A key or link that is shown once is ready to be copied.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-select]")) event.target.select();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  const ticks = event.target.closest("[data-ticks]");
  if (ticks && event.target.type === "checkbox") {
    if (event.target.matches("[data-tick-all]")) {
      for (const box of boxes(ticks)) box.checked = event.target.checked;
    }
    ticked(ticks);
  }
});

const boxes = (form) => [...form.querySelectorAll("tbody input[type=checkbox]")];

function ticked(form) {
  const all = form.querySelector("[data-tick-all]");
  const count = boxes(form).filter((box) => box.checked).length;
  all.closest("label").hidden = false;
  all.checked = count > 0 && count === boxes(form).length;
  all.indeterminate = count > 0 && !all.checked;
  form.querySelector("[data-ticked]").textContent = `${count} ticked`;
}

// Also when the browser comes back to the page and remembers what was ticked.
addEventListener("pageshow", () => document.querySelectorAll("[data-ticks]").forEach(ticked));

// Copying needs scripting, so its button is there only with it.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.lastChild.textContent = "Copied";
  });
}

// What was left empty, or as it was without standing in the address, needs no place there.
const untouched = (field) =>
  field.options
    ? [...field.options].every((option) => option.selected === option.defaultSelected)
    : field.checked === field.defaultChecked && field.value === field.defaultValue;
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  const address = new URLSearchParams(location.search);
  for (const name of new Set(event.formData.keys())) {
    const fields = [...event.target.elements].filter((field) => field.name === name);
    const empty = event.formData.getAll(name).every((value) => value === "");
    if (empty || (!address.has(name) && fields.every(untouched))) event.formData.delete(name);
  }
});

// A second click on the same button must not write twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// How long a text message is, counted as the server does; a screen reader hears it after a pause.
for (const box of document.querySelectorAll("[data-sms-once]")) {
  const { smsOnce: once, smsTwice: twice, smsNone: none } = box.dataset;
  const [field, hint, heard] = [box.querySelector("textarea"), box.querySelector(".hint"), document.createElement("p")];
  heard.className = "vh";
  heard.setAttribute("role", "status");
  box.append(heard);
  let pause;
  field.addEventListener("input", () => {
    const text = field.value.trim();
    const letters = [...text];
    const plain = letters.every((letter) => once.includes(letter) || twice.includes(letter));
    const size = plain ? letters.length + letters.filter((letter) => twice.includes(letter)).length : text.length;
    const [one, several] = plain ? [160, 153] : [70, 67];
    const parts = size > one ? Math.ceil(size / several) : 1;
    hint.textContent = size ? `${size} characters before fields are filled in, ${parts} SMS.` : none;
    clearTimeout(pause);
    pause = setTimeout(() => (heard.textContent = hint.textContent), 1000);
  });
}

// A step can be dragged along its line, by its head or, with a finger too, by its knot. That presses
// its Move button, which is told how many steps it was dragged past.
function drag(down, card, form) {
  const others = [...card.parentElement.children].filter((one) => one !== card && one.querySelector("form[action$='/move']"));
  const from = others.filter((one) => one.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2 + scrollY;
  const middles = others.map(middle);
  const drags = new AbortController();
  let to = from;
  const mark = () => others.forEach((one, at) => {
    one.classList.toggle("drop-above", at === to && to < from);
    one.classList.toggle("drop-below", at === to - 1 && to > from);
  });
  const move = (event) => {
    const edge = Math.min(event.clientY - 64, 0) || Math.max(event.clientY - innerHeight + 64, 0);
    if (edge) scrollBy(0, edge / 4);
    card.classList.add("dragged");
    card.style.translate = `0 ${event.pageY - down.pageY}px`;
    to = middles.filter((one) => one < event.pageY).length;
    mark();
  };
  const end = (event) => {
    drags.abort();
    const way = to < from ? "up" : "down";
    const places = event.type === "pointerup" ? Math.abs(to - from) : 0;
    to = from;
    mark();
    card.classList.remove("dragged");
    card.style.translate = "";
    if (!places) return;
    form.addEventListener("formdata", (event) => event.formData.append("places", places), { once: true });
    form.requestSubmit(form.querySelector(`[value="${way}"]`));
  };
  const { signal } = drags;
  const grip = down.currentTarget;
  grip.setPointerCapture(down.pointerId);
  grip.addEventListener("pointermove", move, { signal });
  for (const one of ["pointerup", "pointercancel"]) grip.addEventListener(one, end, { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && end(event), { signal });
}
for (const form of document.querySelectorAll(".flow form[action$='/move']")) {
  const card = form.closest(".flow > li");
  for (const grip of [card.querySelector(".knot"), form.closest("header")]) {
    grip.classList.add("grip");
    grip.addEventListener("pointerdown", (event) => {
      const finger = event.pointerType !== "mouse" && grip.tagName === "HEADER";
      if (event.button || finger || event.target.closest("a, button, summary, .menu-list")) return;
      event.preventDefault();
      drag(event, card, form);
    });
  }
}

// What the worker does is told as it goes; once it is over the page tells the rest.
for (const told of document.querySelectorAll("[data-progress]")) {
  const bar = told.querySelector("progress");
  const said = told.querySelector("[data-progress-said]");
  const events = new EventSource(told.dataset.progress);
  events.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    if (now.all) [bar.max, bar.value] = [now.all, now.rows];
    said.textContent = bar.textContent = now.said;
    if (now.is_at_work) return;
    events.close();
    location.reload();
  });
}

// A first form proposes the browser's own country and zone.
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const country = new Intl.Locale(navigator.language).region;
for (const select of document.querySelectorAll("select[data-guess]")) {
  const guess = select.name === "time_zone" ? zone : country;
  if ([...select.options].some((option) => option.value === guess)) select.value = guess;
}

// After a failed save the summary speaks first.
document.getElementById("errors")?.focus();
