// `ulakctl otp`: a one-time code without a job file.
#include "ulakctl/commands.hpp"
#include "ulakctl/waiting.hpp"

namespace ulak::ctl {

namespace json = boost::json;

int acquire_code(cli_context& s, const arguments& a)
{
    json::object body{{"account", a.account}, {"service", a.service}};
    for (const auto& [key, value] :
         {std::pair("operator", &a.network), std::pair("max_price", &a.max_price), std::pair("wait", &a.wait)})
        if (!value->empty())
            body[key] = *value;
    if (a.count != 0)
        body["length"] = a.count;
    http::header_list headers;
    if (!a.key.empty())
        headers.emplace_back("Idempotency-Key", a.key);
    auto begun = s.daemon.post("/v1/otp", body, std::move(headers));
    if (!begun)
        return s.fail(begun.error());
    return wait_and_report(s, std::move(begun->get_object()), wait_deadline());
}

} // namespace ulak::ctl
