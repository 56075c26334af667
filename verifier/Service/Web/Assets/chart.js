// Draws the numbers of a table as lines. The table stays: it says the same to everybody, with or without this script.
"use strict";
(() => {
    const days = [1, 2, 7, 14, 28, 56, 112, 364].map(count => count * 86400);
    const dashes = [[], [8, 4], [2, 4], [12, 4, 2, 4], [4, 4], [1, 3]];
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

    function draw(figure) {
        const table = document.getElementById(figure.dataset.chart);
        const heads = [...table.tHead.rows[0].cells].filter(head => head.dataset.tone);
        const rows = [...table.tBodies[0].rows].sort((a, b) => a.cells[0].dataset.at - b.cells[0].dataset.at);
        if (rows.length < 2) {
            return;
        }

        const values = [rows.map(row => Number(row.cells[0].dataset.at)), ...heads.map(head => rows.map(row => Number(row.cells[head.cellIndex].dataset.value)))];
        const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: "12px system-ui, sans-serif" };
        const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; // as the pages write dates
        const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", timeZone: "UTC" });
        const number = new Intl.NumberFormat(lang);
        const size = () => ({ width: figure.clientWidth, height: 240 });
        figure.hidden = false;
        const chart = new uPlot({
            ...size(),
            padding: [12, 28, 0, 0],
            legend: { live: false },
            tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
            cursor: { show: false },
            scales: { y: { range: (_, min, max) => [0, Math.max(1, max * 1.1)] } },
            axes: [{ ...axis, space: 70, incrs: days, values: (_, ticks) => ticks.map(tick => day.format(tick * 1000)) }, { ...axis, size: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6], values: (_, ticks) => ticks.map(tick => number.format(tick)) }],
            series: [{ label: table.tHead.rows[0].cells[0].textContent }, ...heads.map((head, i) => ({ label: head.textContent.trim(), stroke: colour(`--${head.dataset.tone}`), dash: dashes[i % dashes.length], width: 2, points: { show: rows.length < 3 } }))],
        }, values, figure);
        new ResizeObserver(() => chart.setSize(size())).observe(figure);
    }

    document.querySelectorAll("[data-chart]").forEach(draw);
})();
