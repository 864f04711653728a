//! An invoice as a structured file: UBL 2.1 after Peppol BIS Billing 3.0 (EN 16931), with the paper inside.
//!
//! Every figure is the frozen one: nothing is added up anew, so that the file says what the paper says to the cent.

use super::{Invoice, InvoiceKind, InvoiceLine, Party, Share, Treatment};
use crate::money::Money;
use crate::number::half_up;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use rust_decimal::Decimal;

const CBC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
const CAC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const CUSTOMIZATION: &str = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
const PROFILE: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
/// The Belgian enterprise number as an electronic address (code list EAS).
const ENTERPRISE: &str = "0208";

type Written = std::io::Result<()>;

/// The file of an invoice; `paper` is its PDF.
///
/// # Errors
/// Never in practice: it is written into memory.
pub fn written(invoice: &Invoice, paper: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Out(Writer::new_with_indent(Vec::new(), b' ', 2));
    out.0
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = if invoice.kind == InvoiceKind::Credit {
        "CreditNote"
    } else {
        "Invoice"
    };
    let space = format!("urn:oasis:names:specification:ubl:schema:xsd:{root}-2");
    let mut start = BytesStart::new(root);
    for (name, value) in [("xmlns", space.as_str()), ("xmlns:cac", CAC), ("xmlns:cbc", CBC)] {
        start.push_attribute((name, value));
    }
    out.0.write_event(Event::Start(start))?;
    out.head(invoice)?;
    out.references(invoice, paper)?;
    out.party("cac:AccountingSupplierParty", &invoice.seller)?;
    out.party("cac:AccountingCustomerParty", &invoice.buyer)?;
    out.delivery(invoice)?;
    out.payment(invoice)?;
    out.taxes(invoice)?;
    out.totals(invoice)?;
    for (index, line) in invoice.lines.iter().enumerate() {
        out.line(invoice, index + 1, line)?;
    }
    out.0.write_event(Event::End(BytesEnd::new(root)))?;
    Ok(out.0.into_inner())
}

struct Out(Writer<Vec<u8>>);

impl Out {
    fn text(&mut self, name: &str, text: &str) -> Written {
        self.with(name, &[], text)
    }

    fn with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Written {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Start(start))?;
        self.0.write_event(Event::Text(BytesText::new(text)))?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Nothing where there is nothing to say: an empty element is a fault.
    fn said(&mut self, name: &str, text: &str) -> Written {
        let text = text.trim();
        if text.is_empty() { Ok(()) } else { self.text(name, text) }
    }

    fn money(&mut self, name: &str, amount: Money) -> Written {
        self.with(name, &[("currencyID", "EUR")], &amount.wire())
    }

    fn inside(&mut self, name: &str, write: impl FnOnce(&mut Self) -> Written) -> Written {
        self.0.write_event(Event::Start(BytesStart::new(name)))?;
        write(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn head(&mut self, invoice: &Invoice) -> Written {
        self.text("cbc:CustomizationID", CUSTOMIZATION)?;
        self.text("cbc:ProfileID", PROFILE)?;
        self.text("cbc:ID", &invoice.number)?;
        self.text("cbc:IssueDate", &invoice.day.to_string())?;
        if invoice.kind == InvoiceKind::Credit {
            self.text("cbc:CreditNoteTypeCode", "381")?;
        } else {
            self.text("cbc:DueDate", &invoice.day.to_string())?;
            self.text(
                "cbc:InvoiceTypeCode",
                if invoice.kind == InvoiceKind::Deposit {
                    "386"
                } else {
                    "380"
                },
            )?;
        }
        if let Some(corrected) = &invoice.corrects {
            self.said("cbc:Note", &corrected.why)?;
        }
        self.text("cbc:DocumentCurrencyCode", "EUR")?;
        // What the client asked to stand on it: their order, by the number they know it by.
        self.said("cbc:BuyerReference", &invoice.order)
    }

    fn references(&mut self, invoice: &Invoice, paper: &[u8]) -> Written {
        if let Some(corrected) = &invoice.corrects {
            let day = corrected.day.to_string();
            self.billing_reference(&corrected.number, &day)?;
        }
        let mut named: Vec<&str> = Vec::new();
        let taken_off = invoice.lines.iter().filter_map(|line| line.takes_off.as_ref());
        let as_paid = invoice.settled.iter().filter_map(|one| one.invoice.as_ref());
        for (number, day) in taken_off
            .map(|(number, day)| (number, day))
            .chain(as_paid.map(|earlier| (&earlier.number, &earlier.day)))
        {
            if !named.contains(&number.as_str()) {
                named.push(number);
                self.billing_reference(number, &day.to_string())?;
            }
        }
        if !invoice.proof.is_empty() {
            self.inside("cac:AdditionalDocumentReference", |out| {
                out.text("cbc:ID", &invoice.proof)
            })?;
        }
        self.inside("cac:AdditionalDocumentReference", |out| {
            out.text("cbc:ID", &invoice.number)?;
            out.inside("cac:Attachment", |out| {
                let file = format!("{}.pdf", invoice.number);
                let kinds = [("mimeCode", "application/pdf"), ("filename", file.as_str())];
                out.with("cbc:EmbeddedDocumentBinaryObject", &kinds, &STANDARD.encode(paper))
            })
        })
    }

    fn billing_reference(&mut self, number: &str, day: &str) -> Written {
        self.inside("cac:BillingReference", |out| {
            out.inside("cac:InvoiceDocumentReference", |out| {
                out.text("cbc:ID", number)?;
                out.text("cbc:IssueDate", day)
            })
        })
    }

    fn party(&mut self, role: &str, party: &Party) -> Written {
        self.inside(role, |out| {
            out.inside("cac:Party", |out| {
                if let Some(number) = party.enterprise() {
                    out.with("cbc:EndpointID", &[("schemeID", ENTERPRISE)], number)?;
                }
                out.inside("cac:PartyName", |out| out.text("cbc:Name", &party.name))?;
                out.inside("cac:PostalAddress", |out| {
                    out.said("cbc:StreetName", &party.street)?;
                    out.said("cbc:CityName", &party.city)?;
                    out.said("cbc:PostalZone", &party.postcode)?;
                    out.inside("cac:Country", |out| out.text("cbc:IdentificationCode", &party.country))
                })?;
                if !party.vat_number.is_empty() {
                    out.inside("cac:PartyTaxScheme", |out| {
                        out.text("cbc:CompanyID", &party.vat_number)?;
                        out.vat()
                    })?;
                }
                out.inside("cac:PartyLegalEntity", |out| {
                    out.text("cbc:RegistrationName", &party.name)?;
                    match party.enterprise() {
                        Some(number) => out.with("cbc:CompanyID", &[("schemeID", ENTERPRISE)], number),
                        None => Ok(()),
                    }
                })?;
                if party.email.is_empty() && party.phone.is_empty() {
                    return Ok(());
                }
                out.inside("cac:Contact", |out| {
                    out.said("cbc:Telephone", &party.phone)?;
                    out.said("cbc:ElectronicMail", &party.email)
                })
            })
        })
    }

    fn vat(&mut self) -> Written {
        self.inside("cac:TaxScheme", |out| out.text("cbc:ID", "VAT"))
    }

    fn delivery(&mut self, invoice: &Invoice) -> Written {
        let Some(supplied) = invoice.supplied else {
            return Ok(());
        };
        self.inside("cac:Delivery", |out| {
            out.text("cbc:ActualDeliveryDate", &supplied.to_string())?;
            // Goods for another member state are said to go there.
            if invoice.treatment == Treatment::IntraCommunity {
                out.inside("cac:DeliveryLocation", |out| {
                    out.inside("cac:Address", |out| {
                        out.inside("cac:Country", |out| {
                            out.text("cbc:IdentificationCode", &invoice.buyer.country)
                        })
                    })
                })?;
            }
            Ok(())
        })
    }

    fn payment(&mut self, invoice: &Invoice) -> Written {
        if !invoice.asks_to_be_paid() {
            return Ok(());
        }
        self.inside("cac:PaymentMeans", |out| {
            out.text("cbc:PaymentMeansCode", "30")?;
            out.text("cbc:PaymentID", &invoice.reference)?;
            out.inside("cac:PayeeFinancialAccount", |out| {
                out.text("cbc:ID", &invoice.iban.replace(' ', ""))?;
                if invoice.bic.is_empty() {
                    return Ok(());
                }
                out.inside("cac:FinancialInstitutionBranch", |out| out.text("cbc:ID", &invoice.bic))
            })
        })
    }

    fn taxes(&mut self, invoice: &Invoice) -> Written {
        self.inside("cac:TaxTotal", |out| {
            out.money("cbc:TaxAmount", invoice.vat())?;
            for share in &invoice.shares {
                out.inside("cac:TaxSubtotal", |out| {
                    out.money("cbc:TaxableAmount", share.base)?;
                    out.money("cbc:TaxAmount", share.vat)?;
                    out.category("cac:TaxCategory", invoice.treatment, share, true)
                })?;
            }
            Ok(())
        })
    }

    fn category(&mut self, name: &str, treatment: Treatment, share: &Share, with_reason: bool) -> Written {
        // What was paid before at a rate keeps it, whatever holds for the rest.
        let treatment = if share.rate.as_percent().is_zero() {
            treatment
        } else {
            Treatment::Domestic
        };
        let (code, exemption) = match treatment {
            Treatment::Domestic => ("S", None),
            Treatment::IntraCommunity => ("K", Some("VATEX-EU-IC")),
            Treatment::Export => ("G", Some("VATEX-EU-G")),
            Treatment::Margin => ("E", Some("VATEX-EU-F")),
        };
        self.inside(name, |out| {
            out.text("cbc:ID", code)?;
            out.text("cbc:Percent", &share.rate.as_percent().to_string())?;
            if let (Some(exemption), true) = (exemption, with_reason) {
                out.text("cbc:TaxExemptionReasonCode", exemption)?;
            }
            out.vat()
        })
    }

    fn totals(&mut self, invoice: &Invoice) -> Written {
        let net: Money = invoice.lines.iter().map(|line| line.net).sum();
        let prepaid: Money = invoice.settled.iter().map(|one| one.amount).sum();
        self.inside("cac:LegalMonetaryTotal", |out| {
            out.money("cbc:LineExtensionAmount", net)?;
            out.money(
                "cbc:TaxExclusiveAmount",
                invoice.shares.iter().map(|share| share.base).sum(),
            )?;
            out.money("cbc:TaxInclusiveAmount", invoice.total)?;
            if prepaid != Money::ZERO {
                out.money("cbc:PrepaidAmount", prepaid)?;
            }
            out.money("cbc:PayableAmount", invoice.to_pay)
        })
    }

    fn line(&mut self, invoice: &Invoice, number: usize, line: &InvoiceLine) -> Written {
        let credit = invoice.kind == InvoiceKind::Credit;
        let name = if credit {
            "cac:CreditNoteLine"
        } else {
            "cac:InvoiceLine"
        };
        let quantity = if credit {
            "cbc:CreditedQuantity"
        } else {
            "cbc:InvoicedQuantity"
        };
        let share = Share {
            rate: line.rate,
            base: line.net,
            vat: line.gross - line.net,
        };
        self.inside(name, |out| {
            out.text("cbc:ID", &number.to_string())?;
            out.with(quantity, &[("unitCode", "C62")], &line.quantity.normalize().to_string())?;
            out.money("cbc:LineExtensionAmount", line.net)?;
            out.inside("cac:Item", |out| {
                out.text("cbc:Name", &one_line(&line.text))?;
                out.category("cac:ClassifiedTaxCategory", invoice.treatment, &share, false)
            })?;
            out.inside("cac:Price", |out| {
                let each = line
                    .net
                    .euro()
                    .checked_div(line.quantity)
                    .unwrap_or_else(|| line.net.euro());
                let each = half_up(each, 6).normalize().max(Decimal::ZERO);
                out.with("cbc:PriceAmount", &[("currencyID", "EUR")], &each.to_string())
            })
        })
    }
}

/// A text on one line: what a list of goods shows.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
