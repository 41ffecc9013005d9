#include "providers/capability.hpp"

namespace ulak::providers {

bool is_final(panel_status::order_state s) noexcept
{
    using stage = panel_status::order_state;
    return s == stage::completed || s == stage::partial || s == stage::canceled || s == stage::failed;
}

} // namespace ulak::providers
