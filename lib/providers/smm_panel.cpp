#include "providers/smm_panel.hpp"

namespace ulak::providers {

bool is_final(panel_status::order_state s) noexcept
{
    using state = panel_status::order_state;
    return s == state::completed || s == state::partial || s == state::canceled || s == state::failed;
}

} // namespace ulak::providers
