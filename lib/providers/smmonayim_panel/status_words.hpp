// The words under which panels tell how far an order is.
#pragma once

#include "providers/smm_panel.hpp"

#include <string_view>

namespace ulak::providers::smmonayim_panel::wire {

/// Knows the family's words and those of Turkish panels ("In progress", "Canceled", "Kısmi tamamlandı" …) in any case
/// of letters, with blanks, dashes or underscores between them. Any other word is `unknown`: no end is read into it.
panel_status::order_state state_of(std::string_view word);

/// Whether a refusal says that the panel knows no order of this number: "Incorrect order ID", "Sipariş bulunamadı" …
bool says_unknown_order(std::string_view refusal);

} // namespace ulak::providers::smmonayim_panel::wire
