#include "sim/protocols/tamonay/replies.hpp"

namespace ulak::sim::tamonay {

http::reply success_reply(json::value data, int status, std::string_view message)
{
    std::vector<json::member> members{{"success", json::truth(true)}};
    if (!message.empty())
        members.emplace_back("message", json::text(message));
    members.emplace_back("data", std::move(data));
    return json_reply(json::object(members), status);
}

http::reply refuse(int status, std::string_view message)
{
    return json_reply(json::object({{"success", json::truth(false)}, {"message", json::text(message)}}), status);
}

} // namespace ulak::sim::tamonay
