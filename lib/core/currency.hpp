// The names under which providers tell the currency of an amount.
#pragma once

#include <string>
#include <string_view>

namespace ulak {

/// "usd", "USD ", "$" and "US$" are "USD"; "₺", "TL" and "tl" are "TRY"; "kredi" is "credits". What is no known sign
/// and no three letters stays as it was written, without the blanks around it.
std::string normal_unit(std::string_view said);

} // namespace ulak
