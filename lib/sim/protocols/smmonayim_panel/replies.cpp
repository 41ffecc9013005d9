#include "sim/protocols/smmonayim_panel/replies.hpp"

namespace ulak::sim::smmonayim_panel {

http::reply refuse(std::string_view why)
{
    return json_reply(json::object({{"error", json::text(why)}}));
}

} // namespace ulak::sim::smmonayim_panel
