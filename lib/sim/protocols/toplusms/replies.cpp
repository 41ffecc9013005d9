#include "sim/protocols/toplusms/replies.hpp"

namespace ulak::sim::toplusms {

http::reply refuse(code number, std::string_view message)
{
    return json_reply(json::object({{"status", json::text("error")},
                                    {"errorMessage", json::text(message)},
                                    {"errorCode", json::number(static_cast<int>(number))}}));
}

bool uses_api_key(const call& c)
{
    return c.query.find("apikey").has_value();
}

} // namespace ulak::sim::toplusms
