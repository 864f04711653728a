"""The same work by this program and by its peers, in one run, as ratios of CPU time: the quote of two pages, and the sizes a photo is
kept in. Each does it in a process of its own, so that its memory shows too. What is not installed is said and left out.

usage: compare.py FOLDER   (see ./task bench peers)
"""

import json
import os
import subprocess
import sys
from pathlib import Path


def built(*command):
    """Builds a program with cargo; where it is, or None where it cannot be built."""
    done = subprocess.run(["cargo", *command, "--message-format=json"], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return None
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [one["executable"] for one in told if one.get("executable")][-1]


def run(command):
    """Runs a command; its CPU time in seconds and the most memory it took, in megabytes."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        return None
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def each(command, times):
    """What one of many costs, without the start of the process, and the memory that many take."""
    once, many = run(command(1)), run(command(1 + times))
    if once is None or many is None:
        return None
    return (many[0] - once[0]) / times, many[1]


def table(title, rows):
    print(f"\n{title}")
    ours = next(iter(rows.values()))
    for name, row in rows.items():
        if row is None:
            print(f"  {name:<28} not installed")
            continue
        (time, memory) = row
        print(f"  {name:<28} {time * 1000:9.2f} ms {memory:8.0f} MB   ours takes {ours[0] / time:5.2f} of its time, {ours[1] / memory:5.2f} of its memory")


def peer(name, folder, *more):
    return lambda times: [sys.executable, str(Path(__file__)), name, str(folder), *more, str(times)]


def compare(folder):
    ours = built("bench", "--package", "atelier-tests", "--bench", "peers", "--no-run") or sys.exit("peers was not built")
    krilla = built("build", "--release", "--manifest-path", str(Path(__file__).with_name("Cargo.toml")), "--target-dir", str(folder / "krilla"))
    subprocess.run([ours, "inputs", folder], check=True)
    rows = {"atelier": each(lambda times: [ours, "quote", str(times)], 200)}
    rows["krilla"] = each(lambda times: [krilla, str(folder), str(times)], 200) if krilla else None
    rows["typst"] = each(peer("typst", folder), 20)
    rows["ReportLab"] = each(peer("reportlab", folder), 20)
    rows["WeasyPrint"] = each(peer("weasyprint", folder), 5)
    table("A quote of two pages, to PDF", rows)
    for size in ("24", "48"):
        photo = str(folder / f"{size}.jpg")
        rows = {"atelier": each(lambda times: [ours, "photo", photo, str(times)], 4)}
        rows["libvips"] = each(peer("vips", folder, photo), 4)
        table(f"A photo of {size} megapixels, to the three sizes", rows)


def pages(folder):
    quote = json.loads((folder / "quote.json").read_text())
    return quote["size"], quote["pages"]


def used_faces(marks):
    return sorted({mark["face"] for page in marks for mark in page if "face" in mark})


def with_reportlab(folder, times):
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    size, marks = pages(folder)
    for _ in range(times):
        for face in used_faces(marks):
            pdfmetrics.registerFont(TTFont(face, folder / f"{face}.ttf"))
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=size, pageCompression=1)
        for page in marks:
            for mark in page:
                if "picture" in mark:
                    canvas.drawImage(str(folder / "picture.jpg"), mark["x"], mark["y"], *mark["picture"])
                    continue
                canvas.setFillColorRGB(*mark["colour"])
                if "text" in mark:
                    canvas.setFont(mark["face"], mark["size"])
                    canvas.drawString(mark["x"], mark["y"], mark["text"])
                else:
                    canvas.rect(mark["x"], mark["y"], *mark["rule"], stroke=0, fill=1)
            canvas.showPage()
        canvas.save()
    (folder / "reportlab.pdf").write_bytes(out.getvalue())


def as_colour(mark):
    """The colour of a mark as typst and style sheets write it."""
    return "rgb({})".format(", ".join(f"{round(part * 255)}" for part in mark.get("colour", (0, 0, 0))))


def with_typst(folder, times):
    import typst

    size, marks = pages(folder)
    lines = [f"#set page(width: {size[0]}pt, height: {size[1]}pt, margin: 0pt)"]
    for at, page in enumerate(marks):
        lines += ["#pagebreak()"] if at else []
        for mark in page:
            top = size[1] - mark["y"]
            colour = as_colour(mark)
            if "text" in mark:
                family = "EB Garamond" if mark["face"].startswith("EB") else "Inter"
                weight = 600 if "SemiBold" in mark["face"] else 400
                set_as = f'font: "{family}", size: {mark["size"]}pt, weight: {weight}, fill: {colour}, bottom-edge: "baseline"'
                what = f"text({set_as}, {json.dumps(mark['text'], ensure_ascii=False)})"
                lines.append(f"#place(top + left, dx: {mark['x']}pt, dy: {top}pt - {mark['size']}pt, {what})")
            elif "rule" in mark:
                (width, thickness) = mark["rule"]
                lines.append(f"#place(top + left, dx: {mark['x']}pt, dy: {top}pt, rect(width: {width}pt, height: {thickness}pt, fill: {colour}))")
            else:
                (width, height) = mark["picture"]
                lines.append(f'#place(top + left, dx: {mark["x"]}pt, dy: {top - height}pt, image("picture.jpg", width: {width}pt, height: {height}pt))')
    source = folder / "quote.typ"
    source.write_text("\n".join(lines))
    for at in range(times):
        # Each another document: a compiler that remembers the last one would have nothing to do.
        source.write_text("\n".join([*lines, f"#metadata({at})"]))
        out = typst.compile(str(source), font_paths=[str(folder)], ignore_system_fonts=True)
    (folder / "typst.pdf").write_bytes(out)


def with_weasyprint(folder, times):
    import html

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    size, marks = pages(folder)
    faces = "".join(f"@font-face {{ font-family: '{face}'; src: url('{(folder / face).as_uri()}.ttf') }}" for face in used_faces(marks))
    style = faces + f"@page {{ size: {size[0]}pt {size[1]}pt; margin: 0 }} body {{ margin: 0 }} section {{ position: relative; height: {size[1]}pt; page-break-after: always }} section * {{ position: absolute; white-space: pre; line-height: 1 }}"
    parts = []
    for page in marks:
        parts.append("<section>")
        for mark in page:
            left, top = mark["x"], size[1] - mark["y"]
            colour = as_colour(mark)
            if "text" in mark:
                parts.append(f"<span style=\"left:{left}pt;top:{top - mark['size']}pt;font:{mark['size']}pt '{mark['face']}';color:{colour}\">{html.escape(mark['text'])}</span>")
            elif "rule" in mark:
                parts.append(f"<div style=\"left:{left}pt;top:{top}pt;width:{mark['rule'][0]}pt;height:{mark['rule'][1]}pt;background:{colour}\"></div>")
            else:
                (width, height) = mark["picture"]
                parts.append(f"<img src=\"{(folder / 'picture.jpg').as_uri()}\" style=\"left:{left}pt;top:{top - height}pt;width:{width}pt;height:{height}pt\">")
        parts.append("</section>")
    for _ in range(times):
        fonts = FontConfiguration()
        out = HTML(string="".join(parts)).write_pdf(stylesheets=[CSS(string=style, font_config=fonts)], font_config=fonts)
    (folder / "weasyprint.pdf").write_bytes(out)


def with_vips(folder, photo, times):
    import pyvips

    for _ in range(times):
        # The largest from the file, and the others from that, as here.
        picture = pyvips.Image.thumbnail(photo, 1600).copy_memory()
        for made, quality in ((picture, 85), (picture.thumbnail_image(760), 80), (picture.thumbnail_image(320), 80)):
            made.jpegsave_buffer(Q=quality)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["reportlab", folder, times]:
            with_reportlab(Path(folder), int(times))
        case ["typst", folder, times]:
            with_typst(Path(folder), int(times))
        case ["weasyprint", folder, times]:
            with_weasyprint(Path(folder), int(times))
        case ["vips", folder, photo, times]:
            with_vips(Path(folder), photo, int(times))
        case [folder]:
            compare(Path(folder).resolve())
        case _:
            sys.exit(__doc__)
