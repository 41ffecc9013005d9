#include "sim/protocols/smmonayim_numbers/replies.hpp"

namespace ulak::sim::smmonayim_numbers {

http::reply refuse(std::string_view message)
{
    return outcome_reply(false, "Hata", message);
}

http::reply outcome_reply(bool done, std::string_view title, std::string_view message)
{
    return json_reply(
        json::object({{"success", json::truth(done)}, {"title", json::text(title)}, {"message", json::text(message)}}));
}

} // namespace ulak::sim::smmonayim_numbers
