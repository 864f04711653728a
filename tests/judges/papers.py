"""What two judges hold against the PDFs of a folder, a line each: page (PDF/UA-1, PDF/A-2a) and the errors of outloud."""

import json
import pathlib
import subprocess
import sys
import tempfile

import page

files = sorted(pathlib.Path(sys.argv[1]).glob("*.pdf"))
for path in files:
    for profile in ("ua1", "2a"):
        for failure in page.validate_pdf(path, profile=profile).failures:
            print(path.name, failure.rule_id, failure.message)

outloud = pathlib.Path(sys.executable).with_name("outloud")
with tempfile.TemporaryDirectory() as folder:
    report = pathlib.Path(folder) / "report.json"
    command = [outloud, "--quiet", "--fail-on", "never", "--json", report, *files]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for result in json.loads(report.read_text())["results"]:
        for finding in result["findings"]:
            # An address that cannot be clicked is only warned of there; here it counts.
            if finding["severity"] == "error" or finding["rule"] == "LNK-010":
                print(pathlib.Path(result["path"]).name, finding["rule"], finding["message"])
