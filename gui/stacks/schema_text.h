// The schema's explanations in the language of the interface, and as rich text for bubbles. The schema is the
// engine's, which holds no Qt: the catalogue has its texts under "ComposeSchema".
#pragma once

#include "gui/stacks/schema_tree.h"

namespace escale::gui {

QString propertyDoc(const compose::Property& property);
/// Why it is not honoured; empty when it is.
QString propertyReason(const compose::Property& property);
/// "text or list"
QString typesText(std::uint16_t types);
/// "supported", "not supported"
QString supportText(compose::Support support);
/// All of it: name, meaning, types, values, an example, and what Escale makes of it.
QString propertyTip(const SchemaNode& node);

} // namespace escale::gui
