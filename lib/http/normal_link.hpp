// Whether two links lead to the same place, as far as their text tells.
#pragma once

#include <string>
#include <string_view>

namespace ulak::http {

/// The link in the form in which links are compared: scheme and host in small letters, without the scheme's own port,
/// an empty query, an empty fragment and the slashes at the end of the path. A path keeps its case, a query and a
/// fragment stay. Blanks around it are dropped; a text that is no link with a host comes back as it is.
std::string normal_link(std::string_view link);

} // namespace ulak::http
