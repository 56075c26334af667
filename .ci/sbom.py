#!/usr/bin/python3
"""Writes the bill of materials of the verifier itself: CycloneDX 1.6 (ECMA-424) as JSON, from the lock files of what is shipped.

usage: .ci/sbom.py FILE

Where projects were restored, their obj/project.assets.json says what is really built with: a package there that no lock file names, or of
another version, ends this with an error. The same lock files give the same bytes."""
import base64
import json
import pathlib
import re
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What is shipped: the tool and all that it is made of. Tests and the things boards run are no part of the verifier.
SHIPPED = ["verifier/Cli", "verifier/Service", "verifier/Conformance", "verifier/Mqtt", "verifier/Domain", "shared/Protocol", "firmware/Simulator", "firmware/Simulator/NanoFramework", "firmware/Agent"]


def read(path):
    return json.loads((ROOT / path).read_text(encoding="utf-8-sig"))


def property_of(name):
    return re.search(f"<{name}>([^<]+)</{name}>", (ROOT / "Directory.Build.props").read_text(encoding="utf-8")).group(1)


def packages():
    """(name, version) -> (SHA-512 in hex, names it depends on), over all lock files."""
    found = {}
    for folder in SHIPPED:
        for frameworks in read(f"{folder}/packages.lock.json")["dependencies"].values():
            versions = {name.lower(): (name, entry["resolved"]) for name, entry in frameworks.items() if entry["type"] != "Project"}
            for name, entry in frameworks.items():
                if entry["type"] != "Project":
                    needs = sorted(purl(*versions[needed.lower()]) for needed in entry.get("dependencies", {}) if needed.lower() in versions)
                    digest = base64.b64decode(entry["contentHash"]).hex()
                    known = found.setdefault((name, entry["resolved"]), (digest, set()))
                    if known[0] != digest:
                        sys.exit(f"{name} {entry['resolved']}: two lock files name different content; restore with --force-evaluate and look why")
                    known[1].update(needs)
    return found


def purl(name, version):
    return f"pkg:nuget/{name}@{version}"


def check_assets(found):
    for folder in SHIPPED:
        assets = ROOT / folder / "obj" / "project.assets.json"
        if assets.exists():
            built = {key for key, library in json.loads(assets.read_text(encoding="utf-8-sig"))["libraries"].items() if library["type"] == "package"}
            unknown = built - {f"{name}/{version}" for name, version in found}
            if unknown:
                sys.exit(f"{folder} is built with {', '.join(sorted(unknown))}, which no lock file names; run dotnet restore --locked-mode")


def own(folder):
    name = "IotAttest." + folder.rsplit("/", 1)[1]
    version = property_of("Version")
    return {"type": "application" if folder == "verifier/Cli" else "library", "bom-ref": name, "name": name, "version": version, "licenses": [{"license": {"id": property_of("PackageLicenseExpression")}}]}


def project_dependencies(folder):
    project = next((ROOT / folder).glob("*.csproj")).read_text(encoding="utf-8")
    others = ["IotAttest." + pathlib.PurePosixPath(path).stem.removeprefix("IotAttest.") for path in re.findall(r'<ProjectReference Include="([^"]+)"', project)]
    direct = set(re.findall(r'<PackageReference Include="([^"]+)"', project))
    lock = read(f"{folder}/packages.lock.json")["dependencies"]
    return sorted(set(others) | {purl(name, entry["resolved"]) for frameworks in lock.values() for name, entry in frameworks.items() if name in direct})


def document():
    found = packages()
    check_assets(found)
    main = own(SHIPPED[0])
    parts = [own(folder) for folder in SHIPPED[1:]]
    parts += [
        {"type": "library", "bom-ref": purl(name, version), "name": name, "version": version, "purl": purl(name, version), "hashes": [{"alg": "SHA-512", "content": digest}]}
        for (name, version), (digest, _) in sorted(found.items())
    ]
    depends = [{"ref": own(folder)["bom-ref"], "dependsOn": project_dependencies(folder)} for folder in SHIPPED]
    depends += [{"ref": purl(name, version), "dependsOn": sorted(needs)} for (name, version), (_, needs) in sorted(found.items())]
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": main}, "components": parts, "dependencies": depends}
    # A number of its own for each content, so that two builds of one commit give one file.
    bom["serialNumber"] = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bom, sort_keys=True)))
    return bom


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    bom = document()
    pathlib.Path(sys.argv[1]).write_text(json.dumps(bom, indent=2) + "\n", encoding="utf-8")
    print(f"{len(bom['components'])} components, {len(bom['dependencies'])} nodes of dependencies: {sys.argv[1]}")


if __name__ == "__main__":
    main()
