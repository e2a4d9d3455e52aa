"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const said = document.getElementById("said");
  root.classList.add("js");

  // One obligation is chosen at a time: its row, its words, its lines in the drawings.
  function choose(notice, number, target) {
    all(".on").forEach((element) => element.classList.remove("on"));
    all("svg.some").forEach((svg) => svg.classList.remove("some"));
    const row = notice.querySelector(`tr[data-n="${number}"]`);
    all('tr[aria-current]').forEach((other) => other.removeAttribute("aria-current"));
    if (!row) return;
    row.classList.add("on");
    row.setAttribute("aria-current", "true");
    all(".o", notice).filter((run) => run.dataset.o.split(" ").includes(number)).forEach((run) => run.classList.add("on"));
    all(`svg [data-n="${number}"]`, notice).forEach((element) => {
      element.classList.add("on");
      if (element.classList.contains("e")) element.closest("svg").classList.add("some");
    });
    if (target && target.matches("mark")) target.classList.add("on");
    const shown = target || notice.querySelector(`.back[data-n="${number}"]`);
    if (shown) shown.scrollIntoView({ block: target ? "center" : "start", inline: "nearest" });
    said.textContent = `已选第${number}项，原文已标出`;
  }

  function showTab(notice, id, focus) {
    all("[role=tab]", notice).forEach((tab) => {
      const on = tab.getAttribute("aria-controls") === id;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
      if (on && focus) tab.focus();
    });
  }

  function showRow(notice, number) {
    showTab(notice, `${notice.id}-table`);
    const row = notice.querySelector(`tr[data-n="${number}"]`);
    if (row && row.hidden) reset(notice);
    choose(notice, number);
    if (row) {
      row.scrollIntoView({ block: "center" });
      row.querySelector(".go").focus({ preventScroll: true });
    }
  }

  // Filters: a row stays when one of its values fits all that is asked of that kind of value.
  function reset(notice) {
    notice.querySelector(".filters").reset();
    filter(notice);
  }

  function filter(notice) {
    const asked = Object.fromEntries(new FormData(notice.querySelector(".filters")));
    const words = asked.words.trim().toLowerCase();
    let count = 0;
    const rows = all("tbody tr", notice);
    rows.forEach((row) => {
      const chips = all(".chip", row);
      const party = !asked.unit && !asked.role || chips.some((chip) => chip.closest("td").cellIndex < 6
        && (!asked.unit || chip.textContent === asked.unit) && (!asked.role || chip.dataset.kind === asked.role));
      const dated = !asked.first && !asked.last || chips.some((chip) => chip.dataset.last
        && (!asked.first || chip.dataset.last >= asked.first) && (!asked.last || chip.dataset.first <= asked.last));
      row.hidden = !(party && dated && (!asked.clause || row.dataset.top === asked.clause)
        && (!words || `${row.textContent} ${textOf(notice, row.dataset.n)}`.toLowerCase().includes(words)));
      count += !row.hidden;
    });
    notice.querySelector(".count").textContent = count === rows.length ? `${count} 项` : `${count} / ${rows.length} 项`;
    said.textContent = `显示${count}项`;
  }

  const texts = new Map();
  function textOf(notice, number) {
    const key = `${notice.id} ${number}`;
    if (!texts.size) {
      all(".o").forEach((run) => run.dataset.o.split(" ").forEach((n) => {
        const home = `${run.closest(".notice").id} ${n}`;
        texts.set(home, (texts.get(home) || "") + run.textContent);
      }));
    }
    return texts.get(key) || "";
  }

  function sort(button) {
    const head = button.closest("th"), table = head.closest("table"), body = table.tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    all("th[aria-sort]", table).forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const kind = button.dataset.sort, column = head.cellIndex;
    const key = (row) => kind === "number" ? Number(row.dataset.n) : kind === "due" ? row.dataset.due : row.cells[column].textContent.trim();
    const order = new Intl.Collator("zh-CN", { numeric: true });
    // Empty cells and tasks without a date come last, whichever way is asked.
    const empty = (value) => value === "" || value === "9999-12-31";
    const rows = [...body.rows].map((row) => [key(row), row]);
    rows.sort(([a, x], [b, y]) => empty(a) - empty(b)
      || (typeof a === "number" ? a - b : order.compare(a, b)) * (down ? -1 : 1) || x.dataset.n - y.dataset.n);
    body.append(...rows.map(([, row]) => row));
    said.textContent = `已按${button.textContent}${down ? "降序" : "升序"}排列`;
  }

  function setUp(notice) {
    showTab(notice, `${notice.id}-table`);
    const tabs = all("[role=tab]", notice);
    tabs.forEach((tab, i) => {
      tab.addEventListener("click", () => showTab(notice, tab.getAttribute("aria-controls")));
      tab.addEventListener("keydown", (event) => {
        const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: tabs.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        showTab(notice, tabs[(to + tabs.length) % tabs.length].getAttribute("aria-controls"), true);
      });
    });
    const form = notice.querySelector(".filters");
    form.addEventListener("input", () => filter(notice));
    form.addEventListener("reset", () => setTimeout(() => filter(notice)));
    form.addEventListener("submit", (event) => event.preventDefault());
    all("[data-sort]", notice).forEach((button) => button.addEventListener("click", () => sort(button)));
    all("[data-show]", notice).forEach((box) => box.addEventListener("change", () => show(notice)));
    all("svg a.unit", notice).forEach((unit) => {
      ["mouseenter", "focus"].forEach((name) => unit.addEventListener(name, () => light(unit, true)));
      ["mouseleave", "blur"].forEach((name) => unit.addEventListener(name, () => light(unit, false)));
    });
    notice.addEventListener("click", (event) => follow(notice, event));
    notice.querySelector(".tasks").addEventListener("keydown", walk);
  }

  // A mark stays plain while none of its kinds is ticked.
  function show(notice) {
    const off = new Set(all("[data-show]", notice).filter((box) => !box.checked).map((box) => box.dataset.show));
    all(".text mark", notice).forEach((mark) =>
      mark.classList.toggle("off", [...mark.classList].every((kind) => kind === "off" || kind === "on" || off.has(kind))));
  }

  function light(unit, on) {
    const svg = unit.closest("svg");
    svg.classList.toggle("some", on);
    all(".e", svg).forEach((edge) => edge.classList.toggle("on", on && edge.dataset.unit === unit.dataset.unit));
  }

  function follow(notice, event) {
    const link = event.target.closest("a");
    const row = event.target.closest("tbody tr");
    if (!link) {
      const mark = event.target.closest(".o");
      if (row && !String(getSelection())) choose(notice, row.dataset.n);
      else if (mark && !String(getSelection())) showRow(notice, mark.dataset.o.split(" ").pop());
      return;
    }
    event.preventDefault();
    if (link.matches(".back")) return showRow(notice, link.dataset.n);
    if (link.dataset.unit !== undefined) {
      reset(notice);
      notice.querySelector("[name=unit]").value = link.dataset.unit;
      filter(notice);
      return showTab(notice, `${notice.id}-table`, true);
    }
    const target = document.getElementById(link.getAttribute("href").slice(1));
    const run = target && target.closest(".o");
    const number = row ? row.dataset.n : link.dataset.n || target?.dataset.n || (run ? run.dataset.o.split(" ").pop() : "");
    if (number) return choose(notice, number, target && target.matches("mark") ? target : null);
    all(".on").forEach((element) => element.classList.remove("on"));
    if (target) {
      target.classList.add("on");
      target.scrollIntoView({ block: "center" });
    }
  }

  // Arrow keys walk from row to row while the focus is in the table.
  function walk(event) {
    const row = event.target.closest("tbody tr");
    if (!row || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    let next = row;
    do next = event.key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling; while (next && next.hidden);
    if (!next) return;
    next.querySelector(".go").focus();
    choose(next.closest(".notice"), next.dataset.n);
  }

  const notices = all(".notice");
  notices.forEach(setUp);
  const chooser = document.getElementById("choose");
  if (chooser) {
    const pick = () => notices.forEach((notice) => { notice.hidden = notice.id !== chooser.value; });
    chooser.addEventListener("change", pick);
    pick();
  }
  document.getElementById("print").addEventListener("click", () => print());
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
})();
