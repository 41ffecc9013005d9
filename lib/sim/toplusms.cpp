#include "sim/toplusms.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "sim/strict.hpp"

#include <charconv>

namespace ulak::sim::toplusms {
namespace {

/// Says what is wrong with a Basic header without repeating any of it.
std::string describe_basic_mistake(const call& c)
{
    const auto& who = c.world.settings().access;
    auto given = c.request.header("Authorization");
    if (given.empty())
        return "the Basic credentials are missing";
    if (!given.starts_with("Basic "))
        return "the Authorization header is not of the Basic kind";
    if (given == http::basic_authorization(who.toplusms_user, who.toplusms_password))
        return "the password was sent as it is; the document wants its md5 in lower-case hex";
    return "the Basic credentials are wrong";
}

bool check_credentials(call& c)
{
    const auto& who = c.world.settings().access;
    if (uses_api_key(c)) {
        bool right = c.query.get("apikey") == who.toplusms_api_key;
        if (!right)
            c.add_mistake("the apikey is wrong");
        return right;
    }
    auto wanted = http::basic_authorization(who.toplusms_user, http::md5_hex(who.toplusms_password));
    if (c.request.header("Authorization") == wanted)
        return true;
    c.add_mistake(describe_basic_mistake(c));
    return false;
}

/// Reads are GET; the documented PHP client really sends a POST with an empty body, and the panel takes both.
void check_read(call& c)
{
    if (c.request.verb != "GET" && c.request.verb != "POST")
        c.add_mistake(c.request.verb + " was used where the document says GET");
    strict::check_no_body(c);
    if (uses_api_key(c))
        c.query.allow_only(c, {"apikey"});
    else
        strict::check_no_query(c);
}

http::reply read(call& c, http::reply (*part)(call&))
{
    check_read(c);
    if (c.request.verb != "GET" && c.request.verb != "POST")
        return refuse(code::unknown_command, "Geçersiz istek.");
    return part(c);
}

} // namespace

bool uses_api_key(const call& c)
{
    return c.query.find("apikey").has_value();
}

http::reply refuse(code number, std::string_view message)
{
    return json_reply(json::object({{"status", json::text("error")},
                                {"errorMessage", json::text(message)},
                                {"errorCode", json::number(static_cast<int>(number))}}));
}

std::vector<std::string> operations()
{
    return {"send", "send-url", "report", "profile"};
}

std::string operation_of(call& c)
{
    const auto& p = c.path;
    if (p.size() == 3 && p[0] == "sms" && p[1] == "send" && p[2] == "normal")
        return "send";
    if (p.size() == 2 && p[0] == "sms" && p[1] == "send")
        return "send-url";
    if (p.size() == 3 && p[0] == "sms" && p[1] == "reports")
        return "report";
    if (p.size() == 2 && p[0] == "user" && p[1] == "profileDetails")
        return "profile";
    return "unknown";
}

std::string safe_path(const call& c)
{
    return c.request.path;
}

http::reply serve(call& c)
{
    strict::check_target(c);
    if (c.operation == "unknown") {
        c.add_mistake("the document has no such address");
        return refuse(code::unknown_command, "Komut bulunamadı.");
    }
    if (c.fault("auth") || !check_credentials(c))
        return refuse(code::credentials, "Kullanıcı doğrulanamadı.");
    if (auto number = c.fault_number("error", 99))
        return refuse(static_cast<code>(*number), "İşlem yapılamadı.");
    if (c.operation == "send")
        return send_form(c);
    if (c.operation == "send-url")
        return send_url(c);
    return read(c, c.operation == "report" ? report : profile);
}

} // namespace ulak::sim::toplusms
