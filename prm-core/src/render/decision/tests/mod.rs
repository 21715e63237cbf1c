//! What pages and pictures of decisions keep to.

mod aid_page;
mod counting;
mod icons;
mod sample;
mod script;
mod summary;
mod wording;

use std::collections::BTreeSet;

use crate::render::markup_check::Node;

fn nodes(markup: &str) -> Vec<Node> {
    let start = markup.find("<!DOCTYPE html>\n").map_or(0, |at| at);
    Node::read(&markup[start..]).unwrap()
}

/// All text of a document, in order of its elements.
fn text(nodes: &[Node]) -> String {
    let read = nodes.iter().filter(|node| !["style", "script"].contains(&node.name.as_str()));
    read.map(|node| node.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn shape(markup: &str) -> Vec<String> {
    nodes(markup).iter().map(Node::shape).collect()
}

/// What every page keeps to: landmarks, headings in order, ids that are unique and lead somewhere, nothing fetched.
fn keeps_to_the_rules(html: &str) {
    let nodes = nodes(html);
    let ids: Vec<_> = nodes.iter().filter_map(|node| node.attribute("id")).collect();
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let mut led = 0;
    for node in &nodes {
        for name in ["aria-labelledby", "aria-describedby", "for"] {
            for id in node.attribute(name).into_iter().flat_map(|value| value.split(' ')) {
                assert!(unique.contains(id), "{name}={id}");
                led += 1;
            }
        }
        if let Some(id) = node.attribute("href").and_then(|href| href.strip_prefix('#')) {
            assert!(unique.contains(id), "#{id}");
            led += 1;
        }
        for (name, value) in &node.attributes {
            assert!(!["src", "srcset", "style", "action", "formaction", "ping", "poster"].contains(&name.as_str()));
            assert!(!name.starts_with("on") && !value.contains("url("), "{name}={value}");
            assert!(name != "href" || value.starts_with('#') || value.starts_with("https://"), "{value}");
        }
        let fetching = ["link", "img", "iframe", "object", "embed", "base", "form", "use", "image", "video", "audio"];
        assert!(!fetching.contains(&node.name.as_str()), "{}", node.name);
    }
    assert!(led > 5, "{led}");
    let policies: Vec<_> =
        nodes.iter().filter(|n| n.attribute("http-equiv") == Some("Content-Security-Policy")).collect();
    assert_eq!(policies.len(), 1);
    assert!(policies[0].attribute("content").unwrap().starts_with("default-src 'none'; "));
    for landmark in ["header", "nav", "main", "footer"] {
        let top = nodes.iter().filter(|n| n.name == landmark && n.within == ["html", "body"]).count();
        assert_eq!(top, 1, "{landmark}");
    }
    let headings = nodes.iter().filter_map(|n| n.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()));
    let levels: Vec<u8> = headings.collect();
    assert_eq!((levels[0], levels.iter().filter(|level| **level == 1).count()), (1, 1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let link = nodes.iter().find(|node| node.name == "a").unwrap();
    assert_eq!(link.attribute("href"), Some("#content"));
    for node in nodes.iter().filter(|n| n.name == "svg") {
        assert!(node.attribute("aria-hidden").is_some() || node.attribute("aria-labelledby").is_some());
    }
}
