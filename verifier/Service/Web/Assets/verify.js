"use strict";

// Everything on this page works without this script. With it an image is hashed here, so that only its digest
// leaves the machine, and a camera can read the code of a label.

function hex(buffer) {
    return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function ask(text) {
    location.assign("/verify?q=" + encodeURIComponent(text));
}

function hashImages() {
    const form = document.getElementById("image-form");
    const say = document.getElementById("image-say");
    if (!form || !globalThis.crypto?.subtle) {
        return; // without TLS a browser hashes nothing: the form sends the file
    }

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const file = document.getElementById("image").files[0];
        if (!file) {
            return;
        }

        say.textContent = say.dataset.busy;
        try {
            ask("sha256:" + hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
        } catch (error) {
            say.textContent = say.dataset.failed + " (" + error.message + ")";
        }
    });
}

async function scan(detector, view, say) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    say.textContent = say.dataset.busy;
    const look = async () => {
        const codes = await detector.detect(view);
        if (codes.length > 0) {
            stream.getTracks().forEach((track) => track.stop());
            ask(codes[0].rawValue);
        } else {
            requestAnimationFrame(look);
        }
    };
    await look();
}

function offerScan() {
    const area = document.getElementById("scan");
    if (!area || !("BarcodeDetector" in globalThis) || !navigator.mediaDevices) {
        return;
    }

    area.hidden = false;
    const say = document.getElementById("scan-say");
    document.getElementById("scan-start").addEventListener("click", () => {
        scan(new BarcodeDetector({ formats: ["qr_code"] }), document.getElementById("scan-view"), say).catch(() => {
            say.textContent = say.dataset.none;
        });
    });
}

hashImages();
offerScan();
