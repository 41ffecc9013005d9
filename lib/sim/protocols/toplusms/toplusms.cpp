#include "sim/protocols/toplusms/toplusms.hpp"

#include "http/auth.hpp"
#include "sim/detail/call.hpp"
#include "sim/protocols/toplusms/reads.hpp"
#include "sim/protocols/toplusms/replies.hpp"
#include "sim/protocols/toplusms/send.hpp"

namespace ulak::sim::toplusms {
namespace {

/// Says what is wrong with a Basic header without repeating any of it.
std::string describe_basic_mistake(const call& c)
{
    auto given = c.request.header("Authorization");
    if (given.empty())
        return "the Basic credentials are missing";
    if (!given.starts_with("Basic "))
        return "the Authorization header is not of the Basic kind";
    if (given == http::basic_authorization(std::string(c.credential("toplusms-username")),
                                           std::string(c.credential("toplusms-password"))))
        return "the password was sent as it is; the document wants its md5 in lower-case hex";
    return "the Basic credentials are wrong";
}

bool check_credentials(call& c)
{
    if (uses_api_key(c)) {
        bool right = c.query.get("apikey") == c.credential("toplusms-api-key");
        if (!right)
            c.add_mistake("the apikey is wrong");
        return right;
    }
    auto wanted = http::basic_authorization(std::string(c.credential("toplusms-username")),
                                            http::md5_hex(c.credential("toplusms-password")));
    if (c.request.header("Authorization") == wanted)
        return true;
    c.add_mistake(describe_basic_mistake(c));
    return false;
}

std::optional<http::reply> admit(call& c)
{
    if (!c.operation) {
        c.add_mistake("the document has no such address");
        return refuse(code::unknown_command, "Komut bulunamadı.");
    }
    if (c.fault("auth") || !check_credentials(c))
        return refuse(code::credentials, "Kullanıcı doğrulanamadı.");
    if (auto number = c.fault_number("error", 99))
        return refuse(static_cast<code>(*number), "İşlem yapılamadı.");
    return std::nullopt;
}

} // namespace

const protocol_descriptor& descriptor()
{
    static const protocol_descriptor row{
        .name = "toplusms",
        .short_name = "toplusms",
        .base_path = "/toplusms/api/v1",
        .unit = "credits",
        .balance = decimal::from_integer(5'555),
        .goods = {.messages = true, .first_id = 112'232, .id_spread = 100},
        .credentials = {{"toplusms-username", "username", "5551112233"},
                        {"toplusms-password", "password", "aabbcc112233"}, // the Basic header holds its md5
                        {"toplusms-api-key", "api_key", "sim-toplusms-key"}},
        .operations = {{"send", "", "sms/send/normal", send_form},
                       {"send-url", "", "sms/send", send_url},
                       {"report", "", "sms/reports/*", report},
                       {"profile", "", "user/profileDetails", profile}},
        .faults = {{"status-present", "the URL send: with \"status\":\"success\""},
                   {"error", "answer errorCode N (default 99); nothing was done"}},
        .admit = admit,
    };
    return row;
}

} // namespace ulak::sim::toplusms
