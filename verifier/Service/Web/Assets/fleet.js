// What makes the pages of a fleet nicer. Without it every page works: reload for what is new, read the table for the chart.
"use strict";

const least = 1000;

function drawChart() {
    const table = document.getElementById("trend");
    const place = document.getElementById("chart");
    if (!table || !place || typeof uPlot === "undefined") {
        return;
    }

    const heads = [...table.tHead.rows[0].cells].slice(1);
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2) {
        return;
    }

    const count = (cell) => Number(cell.textContent.replace(/\D/g, ""));
    const look = getComputedStyle(document.documentElement);
    const colour = (name) => look.getPropertyValue(name).trim();
    const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 2], [12, 4]];
    const seen = {};
    const series = heads.map((head) => {
        const tone = head.dataset.tone;
        seen[tone] = (seen[tone] ?? -1) + 1;
        return { label: head.textContent, stroke: colour("--" + tone), width: 2.5, dash: dashes[seen[tone] % dashes.length], points: { show: false } };
    });
    const data = [rows.map((row) => Number(row.cells[0].dataset.at)), ...heads.map((_, at) => rows.map((row) => count(row.cells[at + 1])))];
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; // as the pages write dates
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
    const span = data[0].at(-1) - data[0][0];
    const format = new Intl.DateTimeFormat(language, span > 172800 ? { day: "numeric", month: "short", timeZone: "UTC" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
    const whole = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: "UTC" });
    place.replaceChildren();
    place.hidden = false;
    const last = rows.length - 1;
    new uPlot({
        width: place.clientWidth,
        height: Math.round(Math.min(260, Math.max(180, place.clientWidth / 3))),
        padding: [12, 28, 0, 0],
        hooks: { ready: [(chart) => chart.setLegend({ idx: last })] },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
        scales: { y: { range: (_, low, high) => [0, Math.max(1, high * 1.05)] } },
        axes: [
            { ...axis, space: 80, ...(span > 172800 && { incrs: [1, 2, 7, 14].map((days) => days * 86400) }), values: (_, marks) => marks.map((mark) => format.format(new Date(mark * 1000))) },
            { ...axis, size: 64, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000], values: (_, marks) => marks.map((mark) => mark.toLocaleString(language)) },
        ],
        series: [{ label: table.tHead.rows[0].cells[0].textContent, value: (_, at) => (at === null ? "–" : whole.format(new Date(at * 1000))) }, ...series],
    }, data, place);
}

function offerCopies() {
    for (const button of document.querySelectorAll("button[data-copy]")) {
        button.hidden = !navigator.clipboard;
        button.onclick = async () => {
            await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
            button.textContent = button.dataset.done;
        };
    }
}

// Puts the parts of a newer page in the place of ours; what has the focus, or is open, stays so.
function takeOver(page) {
    let changed = false;
    for (const old of document.querySelectorAll("[data-live]")) {
        const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
        if (!fresh || fresh.isEqualNode(old)) {
            continue;
        }

        const target = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        const opened = [...old.querySelectorAll("details")].map((details) => details.open);
        [...fresh.querySelectorAll("details")].forEach((details, at) => { details.open = opened[at] ?? details.open; });
        old.replaceWith(fresh);
        changed ||= old.dataset.live !== "asof";
        if (target) {
            [...fresh.querySelectorAll("a")].find((link) => link.getAttribute("href") === target)?.focus();
        }
    }

    return changed;
}

function follow() {
    const line = document.getElementById("live");
    if (!line) {
        return;
    }

    const say = document.getElementById("live-say");
    const tell = (text) => { if (say.textContent !== text) { say.textContent = text; } };
    let isDirty = false;
    let isBusy = false;
    let last = 0;
    const refresh = async () => {
        isBusy = true;
        isDirty = false;
        last = Date.now();
        try {
            const response = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
            if (response.ok && takeOver(new DOMParser().parseFromString(await response.text(), "text/html"))) {
                tell(line.dataset.changed);
                drawChart();
            }
        } catch {
            tell(line.dataset.off);
        }

        isBusy = false;
        look();
    };

    // However many events come, the page is fetched at most once a second, and after a slow answer less often.
    let timer = 0;
    const look = () => {
        if (isDirty && !isBusy && !timer && !document.hidden) {
            timer = setTimeout(() => { timer = 0; refresh(); }, Math.max(0, last + least - Date.now()));
        }
    };
    const note = (event) => {
        if (line.dataset.ueid && !event.data.includes(line.dataset.ueid)) {
            return;
        }

        isDirty = true;
        look();
    };
    const source = new EventSource("/v1/events?types=device.verdict,device.alarm,device.transfer,device.address");
    ["device.verdict", "device.alarm", "device.transfer", "device.address"].forEach((type) => source.addEventListener(type, note));
    let wasLost = false;
    source.addEventListener("ping", () => {
        tell(line.dataset.on);
        document.documentElement.dataset.live = "on";
        if (wasLost) {
            wasLost = false;
            isDirty = true;
            look();
        }
    });
    source.onerror = () => {
        wasLost = true;
        tell(line.dataset.off);
    };
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", () => source.close());
}

function fill(text, ...values) {
    return values.reduce((filled, value, at) => filled.replace(`{${at}}`, value.toLocaleString(document.documentElement.lang)), text);
}

function showAnswers(answers) {
    const number = (fits) => answers.filter((answer) => fits(answer.status)).length;
    const form = document.getElementById("bulk");
    document.getElementById("bulk-sum").textContent = fill(form.dataset.done, number((status) => status === 201), number((status) => status === 200), number((status) => status >= 400));
    const rows = document.getElementById("bulk-rows");
    rows.replaceChildren(...answers.filter((answer) => answer.status >= 400).slice(0, 100).map((answer) => {
        const row = document.createElement("tr");
        [answer.line, `${rows.dataset.refused} ${answer.code ?? ""}`, answer.seen ?? "", answer.do ?? ""].forEach((text) => { row.insertCell().textContent = text; });
        return row;
    }));
    document.getElementById("bulk-answer").hidden = false;
    const save = document.getElementById("bulk-save");
    save.href = URL.createObjectURL(new Blob(answers.map((answer) => JSON.stringify(answer) + "\n"), { type: "application/x-ndjson" }));
    save.hidden = false;
}

async function sendLines(form, lines, tell) {
    const part = 250;
    const answers = [];
    for (let at = 0; at < lines.length; at += part) {
        tell(at);
        const body = new FormData();
        body.append("formToken", form.elements.formToken.value);
        body.append("file", new Blob([lines.slice(at, at + part).join("\n")]), "part.jsonl");
        const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/x-ndjson" } });
        if (!response.ok) {
            return { answers, fault: `${response.status}` };
        }

        for (const line of (await response.text()).split("\n").filter((text) => text.length > 0)) {
            const answer = JSON.parse(line);
            answers.push({ ...answer, line: answer.line + at });
        }
    }

    tell(lines.length);
    return { answers, fault: null };
}

function offerBulk() {
    const form = document.getElementById("bulk");
    if (!form) {
        return;
    }

    document.getElementById("bulk-file").hidden = true;
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const bar = document.getElementById("bulk-bar");
        const say = document.getElementById("bulk-say");
        const lines = (await form.elements.file.files[0].text()).split("\n");
        document.getElementById("bulk-progress").hidden = false;
        form.inert = true;
        bar.max = lines.length;
        const { answers, fault } = await sendLines(form, lines, (at) => {
            bar.value = at;
            say.textContent = fill(form.dataset.busy, at, lines.length);
        });
        form.inert = false;
        if (fault) {
            say.textContent = `${form.dataset.failed} ${fault}`;
        }

        showAnswers(answers);
    });
}

const table = document.getElementById("trend-details");
if (table && typeof uPlot !== "undefined") {
    table.open = false;
}

drawChart();
offerCopies();
follow();
offerBulk();
addEventListener("resize", drawChart);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawChart);
