"use strict";
{
  const root = document.documentElement;
  const find = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // A page from a disk may be refused its storage; the theme then lasts as long as the page.
  const remember = (value) => {
    try {
      if (value) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch {
      return value;
    }
  };
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "")) === "dark";
  const known = remember();
  if (known === "dark" || known === "light") root.dataset.theme = known;
  root.classList.add("script");

  document.addEventListener("DOMContentLoaded", () => {
    theme();
    const list = items(find(".pair, .card"));
    const hint = tooltip();
    if (document.getElementById("search")) search(list);
    find(".number[aria-expanded]").forEach((button) => button.addEventListener("click", () => toggle(button)));
    filter(list);
    keys(list, hint);
    arrive(list);
  });

  function theme() {
    const button = document.getElementById("theme");
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    show();
  }

  // The sentences or the articles of the page: one of them is current, and only its links take part in Tab.
  function items(all) {
    let current = null;
    const isCard = (item) => item.classList.contains("card");
    const focusable = (item) => (isCard(item) ? item.querySelector("a") : item);
    const mark = (item) => {
      if (current) {
        current.removeAttribute("aria-current");
        if (!isCard(current)) find("a, button", current).forEach((link) => (link.tabIndex = -1));
      }
      current = item;
      item.setAttribute("aria-current", "true");
      if (!isCard(item)) find("a, button", item).forEach((link) => (link.tabIndex = 0));
      all.forEach((other) => !isCard(other) && (other.tabIndex = other === item ? 0 : -1));
    };
    const go = (item) => {
      mark(item);
      focusable(item).focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    };
    const move = (step, wanted = () => true) => {
      const shown = all.filter((item) => item.offsetParent && (item === current || wanted(item)));
      const place = shown.indexOf(current);
      const next = shown[place < 0 ? (step > 0 ? 0 : shown.length - 1) : place + step];
      if (next) go(next);
    };
    all.forEach((item) => {
      if (!isCard(item)) {
        item.tabIndex = -1;
        find("a, button", item).forEach((link) => (link.tabIndex = -1));
      }
      item.addEventListener("focusin", () => item !== current && mark(item));
      item.addEventListener("click", (event) => event.target.closest("a, button") || getSelection().toString() || mark(item));
    });
    if (all.length && !isCard(all[0])) all[0].tabIndex = 0;
    return { all, go, move, current: () => current };
  }

  function toggle(button, open = button.getAttribute("aria-expanded") !== "true") {
    button.setAttribute("aria-expanded", String(open));
  }

  // The entry of a term, beside it; both languages' marks of the term light up together.
  function tooltip() {
    const box = document.createElement("div");
    box.id = "hint";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);
    let from = null;
    let leaving = 0;
    const same = (term) => find(`.term[href="${term.getAttribute("href")}"]`);
    const hide = () => {
      clearTimeout(leaving);
      if (!from) return false;
      find(".lit").forEach((term) => term.classList.remove("lit"));
      from.removeAttribute("aria-describedby");
      from = null;
      box.hidden = true;
      return true;
    };
    const show = (term) => {
      clearTimeout(leaving);
      if (term === from) return;
      hide();
      from = term;
      same(term).forEach((mark) => mark.classList.add("lit"));
      box.replaceChildren(...document.getElementById(term.hash.slice(1)).cloneNode(true).childNodes);
      box.hidden = false;
      term.setAttribute("aria-describedby", "hint");
      const place = term.getClientRects()[0];
      const left = Math.max(8, Math.min(place.left, root.clientWidth - box.offsetWidth - 8));
      const below = place.bottom + 6;
      const top = below + box.offsetHeight > innerHeight ? place.top - box.offsetHeight - 6 : below;
      box.style.left = `${left + scrollX}px`;
      box.style.top = `${Math.max(8, top) + scrollY}px`;
    };
    const later = () => (leaving = setTimeout(hide, 150));
    find(".term").forEach((term) => {
      term.addEventListener("mouseenter", () => show(term));
      term.addEventListener("mouseleave", later);
      term.addEventListener("focus", () => show(term));
      term.addEventListener("blur", later);
      term.addEventListener("click", () => {
        hide();
        toggle(term.closest(".pair").querySelector(".number"), true);
      });
    });
    box.addEventListener("mouseenter", () => clearTimeout(leaving));
    box.addEventListener("mouseleave", later);
    return { hide };
  }

  function filter(list) {
    const button = document.getElementById("doubts");
    button?.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      root.classList.toggle("only-doubts", on);
      document.dispatchEvent(new Event("filter"));
      if (list.current()?.offsetParent) list.current().scrollIntoView({ block: "nearest" });
    });
  }

  function search(list) {
    const field = document.getElementById("search");
    const count = document.getElementById("count");
    const whole = count.textContent;
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
    let texts = null;
    const read = () => {
      if (texts) return;
      const words = JSON.parse(document.getElementById("words").textContent);
      const terms = words.terms.map(fold);
      texts = list.all.map((card, i) => [fold(card.textContent), ...words.articles[i].map((n) => terms[n])].join("\n"));
    };
    const look = () => {
      read();
      const parts = fold(field.value).split(/\s+/).filter(Boolean);
      list.all.forEach((card, i) => (card.hidden = !parts.every((part) => texts[i].includes(part))));
      const shown = root.classList.contains("only-doubts") ? ".card.doubtful:not([hidden])" : ".card:not([hidden])";
      const number = find(shown).length;
      count.textContent = number === list.all.length ? whole : `${number} of ${whole}`;
    };
    field.addEventListener("focus", read);
    field.addEventListener("input", look);
    document.addEventListener("filter", look);
  }

  function keys(list, hint) {
    const sheet = document.getElementById("keys");
    const letters = document.getElementById("letters");
    const field = document.getElementById("search");
    const doubtful = (item) => item.classList.contains("doubtful");
    const always = {
      ArrowDown: () => list.move(1),
      ArrowUp: () => list.move(-1),
      Enter: () => open(document.activeElement),
    };
    const anywhere = {
      j: () => list.move(1),
      k: () => list.move(-1),
      n: () => list.move(1, doubtful),
      p: () => list.move(-1, doubtful),
      d: () => document.getElementById("doubts")?.click(),
      "?": () => sheet && (sheet.open = !sheet.open),
      "/": () => field?.focus(),
    };
    const open = (item) => item.querySelector(".number[aria-expanded]")?.click();
    const close = () => {
      if (hint.hide()) return;
      const button = list.current()?.querySelector('.number[aria-expanded="true"]');
      if (button) {
        toggle(button, false);
        list.go(list.current());
      } else if (field) {
        field.value = "";
        field.dispatchEvent(new Event("input"));
      }
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === "Escape") return close();
      if (event.target.matches("input:not([type=checkbox])")) {
        if (event.key === "ArrowDown") list.move(1);
        return;
      }
      const inside = event.target.closest(".pair, .card");
      const onItem = event.key !== "Enter" || event.target.matches(".pair");
      const action = (inside && onItem && always[event.key]) || (letters?.checked && anywhere[event.key]);
      if (action) {
        event.preventDefault();
        action();
      }
    });
  }

  // A link to a sentence takes the reader there, even where the filter hides it.
  function arrive(list) {
    const follow = () => {
      const target = document.getElementById(location.hash.slice(1));
      const item = target?.closest(".pair");
      if (!item) return;
      if (!item.offsetParent) document.getElementById("doubts").click();
      if (target !== item) toggle(item.querySelector(".number"), true);
      list.go(item);
      target.scrollIntoView({ block: "center" });
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (link && link.hash === location.hash) follow();
    });
    addEventListener("hashchange", follow);
    if (location.hash) follow();
  }
}
