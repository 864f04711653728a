//! What printpdf lacks: tags, language, output intent, metadata, and an id from the content. With them the file is
//! PDF/A-2a and PDF/UA-1.

use super::PaperError;
use super::form::{self, Placed};
use super::icc;
use super::write::{Content, Link, Written};
use crate::paper::Paper;
use crate::paper::layout::{FontFile, Laid, Mark, Node};
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{
    Dictionary, Document, Object, ObjectId, ObjectStreamConfig, SaveOptions, Stream, StringFormat, dictionary,
    text_string,
};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

const PROGRAM: &str = "Atelier";

pub(super) fn finish(paper: &Paper, laid: &Laid, written: Written) -> Result<Vec<u8>, PaperError> {
    let Written {
        mut document,
        content,
        links,
        boxes,
        faces,
        fields,
    } = written;
    document.version = "1.7".into();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let widgets: Vec<ObjectId> = fields.iter().map(|_| document.new_object_id()).collect();
    let placed = Annotations {
        fields: &fields,
        widgets: &widgets,
        links: &links,
        drawn: links.iter().map(|_| document.new_object_id()).collect(),
    };
    let root = structure(&mut document, &laid.nodes, &content, &boxes, &pages, &placed)?;
    form::add(&mut document, &fields, &widgets, &pages, key(pages.len()))?;

    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, icc::srgb()));
    let metadata = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(paper).into_bytes(),
    )
    .with_compression(false);
    let metadata = document.add_object(metadata);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let outlines = outlines(&mut document, laid, &pages);
    let catalog = document.catalog_mut()?;
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
    }
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("Lang", Object::string_literal(paper.language.code()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Metadata", metadata);

    let info = document.trailer.get(b"Info")?.as_reference()?;
    let date = Object::string_literal(pdf_date(&paper.issued_at));
    document.set_object(
        info,
        dictionary! {
            "Title" => text_string(&paper.title),
            "Author" => text_string(&paper.letterhead.name),
            "Creator" => text_string(PROGRAM),
            "Producer" => text_string(PROGRAM),
            "CreationDate" => date.clone(),
            "ModDate" => date,
        },
    );
    mend_fonts(&mut document, &faces)?;
    save(document)
}

/// The paper's headings as the list beside its pages: where each stands, and what it says. None where there are no two.
fn outlines(document: &mut Document, laid: &Laid, pages: &[ObjectId]) -> Option<ObjectId> {
    let mut headings: BTreeMap<usize, (usize, f32, String)> = BTreeMap::new();
    for (page, placed) in laid
        .pages
        .iter()
        .enumerate()
        .flat_map(|(page, laid)| laid.placed.iter().map(move |placed| (page, placed)))
    {
        let is_heading = |node: &usize| matches!(laid.nodes[*node].role, "H1" | "H2");
        if let (Mark::Run(run), Some(node)) = (&placed.item.mark, placed.item.node.filter(is_heading)) {
            let top = placed.item.y + run.style.size;
            headings
                .entry(node)
                .or_insert_with(|| (page, top, String::new()))
                .2
                .push_str(&run.text());
        }
    }
    if headings.len() < 2 {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = headings.iter().map(|_| document.new_object_id()).collect();
    for (at, (page, top, text)) in headings.into_values().enumerate() {
        let place: Vec<Object> = vec![
            (*pages.get(page)?).into(),
            "XYZ".into(),
            Object::Null,
            Object::Real(top),
            Object::Null,
        ];
        let mut entry = dictionary! { "Title" => text_string(text.trim_end()), "Parent" => root, "Dest" => place };
        if let Some(before) = at.checked_sub(1) {
            entry.set("Prev", ids[before]);
        }
        if let Some(next) = ids.get(at + 1) {
            entry.set("Next", *next);
        }
        document.set_object(ids[at], entry);
    }
    let (first, last) = (*ids.first()?, *ids.last()?);
    let count = i64::try_from(ids.len()).unwrap_or_default();
    document.set_object(
        root,
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count },
    );
    Some(root)
}

/// The places to fill in and the addresses that lead somewhere, and the objects they become.
struct Annotations<'a> {
    fields: &'a [Placed],
    widgets: &'a [ObjectId],
    links: &'a [Link],
    drawn: Vec<ObjectId>,
}

/// A key of the parent tree: pages first, then fields, then links.
fn key(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// The structure tree, its parent tree, and what the pages must say of both.
fn structure(
    document: &mut Document,
    nodes: &[Node],
    content: &[Vec<Content>],
    boxes: &BTreeMap<usize, [f32; 4]>,
    pages: &[ObjectId],
    placed: &Annotations<'_>,
) -> Result<ObjectId, PaperError> {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = nodes.iter().map(|_| document.new_object_id()).collect();
    let mut parents = vec![root; nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for &kid in &node.kids {
            parents[kid] = ids[index];
        }
    }
    let mut by_page: Vec<BTreeMap<i64, ObjectId>> = vec![BTreeMap::new(); pages.len()];
    let mut link_elements: Vec<Option<ObjectId>> = vec![None; placed.links.len()];
    for (index, node) in nodes.iter().enumerate() {
        let mut kids: Vec<Object> = node.kids.iter().map(|&kid| ids[kid].into()).collect();
        let own_page = content[index].first().map(|content| content.page);
        for piece in &content[index] {
            if let Some(link) = piece.link {
                let element = document.new_object_id();
                by_page[piece.page].insert(piece.number, element);
                link_elements[link] = Some(element);
                let drawn = dictionary! { "Type" => "OBJR", "Obj" => placed.drawn[link] };
                document.set_object(
                    element,
                    dictionary! {
                        "Type" => "StructElem",
                        "S" => "Link",
                        "P" => ids[index],
                        "Pg" => pages[piece.page],
                        "K" => vec![piece.number.into(), Object::Dictionary(drawn)],
                    },
                );
                kids.push(element.into());
                continue;
            }
            by_page[piece.page].insert(piece.number, ids[index]);
            kids.push(if Some(piece.page) == own_page {
                piece.number.into()
            } else {
                dictionary! { "Type" => "MCR", "Pg" => pages[piece.page], "MCID" => piece.number }.into()
            });
        }
        for (field, widget) in placed
            .fields
            .iter()
            .zip(placed.widgets)
            .filter(|(field, _)| field.node == index)
        {
            kids.push(dictionary! { "Type" => "OBJR", "Obj" => *widget, "Pg" => pages[field.page] }.into());
        }
        let mut element = element(node, boxes.get(&index));
        element.set("P", parents[index]);
        if let Some(page) = own_page {
            element.set("Pg", pages[page]);
        }
        if !kids.is_empty() {
            element.set("K", kids);
        }
        document.set_object(ids[index], element);
    }
    let (numbers, next_key) = parents_by_key(document, &ids, pages, by_page, placed, &link_elements)?;
    let tree = document.add_object(dictionary! { "Nums" => numbers });
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => ids[0],
            "ParentTree" => tree,
            "ParentTreeNextKey" => next_key,
        },
    );
    Ok(root)
}

/// The parents of what stands on each page, of each field and of each link, by their keys; and the next key. Pages, fields and
/// links are told their keys.
fn parents_by_key(
    document: &mut Document,
    ids: &[ObjectId],
    pages: &[ObjectId],
    by_page: Vec<BTreeMap<i64, ObjectId>>,
    placed: &Annotations<'_>,
    link_elements: &[Option<ObjectId>],
) -> Result<(Vec<Object>, i64), PaperError> {
    let mut numbers: Vec<Object> = Vec::new();
    for (key, (page, of_page)) in (0_i64..).zip(pages.iter().zip(by_page)) {
        let parents: Vec<Object> = of_page.into_values().map(Object::from).collect();
        numbers.push(key.into());
        numbers.push(document.add_object(parents).into());
        let page = document.get_dictionary_mut(*page)?;
        page.set("StructParents", key);
        page.set("Tabs", "S");
        page.remove(b"Annots");
    }
    for (index, (field, widget)) in placed.fields.iter().zip(placed.widgets).enumerate() {
        numbers.push(key(pages.len() + index).into());
        numbers.push(ids[field.node].into());
        annotate(document, pages[field.page], *widget)?;
    }
    let first_link = pages.len() + placed.fields.len();
    for (index, (link, drawn)) in placed.links.iter().zip(&placed.drawn).enumerate() {
        let Some(element) = link_elements[index] else { continue };
        numbers.push(key(first_link + index).into());
        numbers.push(element.into());
        document.set_object(*drawn, link_annotation(link, key(first_link + index)));
        annotate(document, pages[link.page], *drawn)?;
    }
    Ok((numbers, key(first_link + placed.links.len())))
}

/// What makes an address on a page lead somewhere.
fn link_annotation(link: &Link, key: i64) -> Dictionary {
    let corners: Vec<Object> = link.corners.iter().map(|&point| Object::Real(point)).collect();
    let action = dictionary! { "S" => "URI", "URI" => Object::string_literal(link.leads_to.as_str()) };
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => corners,
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed with the page, as PDF/A asks of every annotation.
        "F" => 4,
        "Contents" => text_string(&link.text),
        "A" => action,
        "StructParent" => key,
    }
}

/// A node as an element of the structure, without its place in it.
fn element(node: &Node, corners: Option<&[f32; 4]>) -> Dictionary {
    let mut element = dictionary! { "Type" => "StructElem", "S" => node.role };
    if let Some(alt) = &node.alt {
        element.set("Alt", text_string(alt));
    }
    if node.heads_column {
        element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
    }
    if let Some(corners) = corners {
        let corners: Vec<Object> = corners.iter().map(|&point| Object::Real(point)).collect();
        let layout = dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners };
        element.set("A", layout);
    }
    element
}

/// Puts a widget or a link on its page.
fn annotate(document: &mut Document, page: ObjectId, widget: ObjectId) -> Result<(), PaperError> {
    let page = document.get_dictionary_mut(page)?;
    let known = page.get(b"Annots").and_then(Object::as_array).cloned();
    let mut annotations = known.unwrap_or_default();
    annotations.push(widget.into());
    page.set("Annots", annotations);
    Ok(())
}

/// The subsets have lost their OS/2 table: what it said of height and weight is said again.
fn mend_fonts(document: &mut Document, faces: &BTreeMap<String, FontFile>) -> Result<(), PaperError> {
    let is_composite =
        |dict: &Dictionary| dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0".as_slice());
    let fonts: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_dict().is_ok_and(is_composite))
        .map(|(id, _)| *id)
        .collect();
    for id in fonts {
        let font = document.get_dictionary_mut(id)?;
        let name = String::from_utf8_lossy(font.get(b"BaseFont")?.as_name()?).into_owned();
        let Some(face) = faces.get(&name) else { continue };
        let descendant = font.get_mut(b"DescendantFonts")?.as_array_mut()?.first_mut();
        let Some(descendant) = descendant else { continue };
        let descriptor = descendant.as_dict_mut()?.get(b"FontDescriptor")?.as_reference()?;
        let descriptor = document.get_dictionary_mut(descriptor)?;
        let (cap, x, stem) = face.measures();
        descriptor.set("CapHeight", cap);
        descriptor.set("XHeight", x);
        descriptor.set("StemV", stem);
        if face.has_serifs() {
            let flags = descriptor.get(b"Flags")?.as_i64()?;
            descriptor.set("Flags", flags | 2);
        }
    }
    Ok(())
}

/// Packs streams, one after the other, in memory that is taken once.
struct Packer(Compress);

impl Packer {
    fn new() -> Self {
        Self(Compress::new(Compression::new(6), true))
    }

    /// The stream packed; `None` where that makes it no smaller, counted with the words that say it is packed.
    fn packed(&mut self, content: &[u8]) -> Result<Option<Vec<u8>>, PaperError> {
        self.0.reset();
        let mut packed = Vec::with_capacity(content.len().saturating_sub(20));
        let ended = self.0.compress_vec(content, &mut packed, FlushCompress::Finish);
        let ended = ended.map_err(|why| PaperError::Broken(why.to_string()))?;
        Ok((ended == Status::StreamEnd).then_some(packed))
    }
}

/// What stands for the id until the file is written, of which it is the hash.
const NO_ID: [u8; 16] = [0; 16];

fn save(mut document: Document) -> Result<Vec<u8>, PaperError> {
    let id = Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut packer = Packer::new();
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if stream.allows_compression
            && !stream.dict.has(b"Filter")
            && let Some(packed) = packer.packed(&stream.content)?
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
        // A carriage return at its end would be taken for a part of the line end before `endstream` (PDF/A-2, 6.1.7.1).
        if stream.content.ends_with(b"\r") {
            let padded = [&stream.content[..], b"\n"].concat();
            stream.set_content(padded);
        }
    }
    loop {
        let mut bytes = Vec::with_capacity(96 * 1024);
        let options = SaveOptions {
            use_object_streams: true,
            use_xref_streams: true,
            linearize: false,
            object_stream_config: ObjectStreamConfig {
                max_objects_per_stream: 4000,
                compression_level: 6,
            },
        };
        let saved = document.save_with_options(&mut bytes, options);
        saved.map_err(|why| PaperError::Broken(why.to_string()))?;
        // The streams that objects are packed into are made by the writer: where one ends so, an object more ends it otherwise.
        let eaten = b"\r\nendstream";
        if !bytes.windows(eaten.len()).any(|part| part == eaten) {
            identify(&mut bytes)?;
            return Ok(bytes);
        }
        document.add_object(Object::Null);
    }
}

/// Gives a file its id, the hash of all that it holds. It stands twice at the end: of the file as it was made, and as it is.
fn identify(bytes: &mut [u8]) -> Result<(), PaperError> {
    let hex = |id: &[u8]| -> String { id.iter().map(|byte| format!("{byte:02X}")).collect() };
    let nothing = format!("<{}>", hex(&NO_ID)).into_bytes();
    let id = format!("<{}>", hex(&Sha256::digest(&*bytes)[..NO_ID.len()])).into_bytes();
    for _ in 0..2 {
        let at = bytes.windows(nothing.len()).rposition(|part| part == nothing);
        let at = at.ok_or_else(|| PaperError::Broken("a file without an id".into()))?;
        bytes[at..at + id.len()].copy_from_slice(&id);
    }
    Ok(())
}

/// `2026-11-21T10:00:00+01:00` as `D:20261121100000+01'00'`.
fn pdf_date(instant: &str) -> String {
    let digits: String = instant.chars().take(19).filter(char::is_ascii_digit).collect();
    let zone = instant.get(19..).unwrap_or_default();
    match zone.split_once(':') {
        Some((hours, minutes)) => format!("D:{digits}{hours}'{minutes}'"),
        None => format!("D:{digits}Z"),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

fn xmp(paper: &Paper) -> String {
    let (title, author, language) = (
        escaped(&paper.title),
        escaped(&paper.letterhead.name),
        paper.language.code(),
    );
    let date = &paper.issued_at;
    format!(
        r##"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{PROGRAM}</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"##,
        bom = '\u{feff}',
    )
}
