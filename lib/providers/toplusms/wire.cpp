#include "providers/toplusms/wire.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "http/form.hpp"

namespace ulak::providers::toplusms::wire {
namespace {

constexpr std::size_t report_body = 4 * 1024 * 1024;

std::string encoding_word(sms_encoding e)
{
    return e == sms_encoding::turkish ? "tr" : "en";
}

// An empty "senddate" means now. Ulak schedules by itself, for a send that waits at the provider cannot be cancelled.
http::header_list fields_of(const sms_order& order)
{
    http::header_list fields{{"caption", order.sender}};
    if (order.validity)
        fields.emplace_back("validity", std::to_string(order.validity->count()));
    fields.emplace_back("message", order.text);
    fields.emplace_back("senddate", "");
    fields.emplace_back("numbers", join(order.numbers, ",", &phone::digits));
    fields.emplace_back("encoding", encoding_word(order.encoding));
    return fields;
}

http::request authorised(const user& u, http::method verb, std::string target, std::string_view label)
{
    http::request r(verb, std::move(target), label);
    r.headers.emplace_back("Authorization", http::basic_authorization(u.name, u.password_md5));
    return r;
}

std::string query(const http::header_list& fields)
{
    std::string out;
    for (const auto& [name, value] : fields)
        out += (out.empty() ? "?" : "&") + name + "=" + http::percent_encode(value);
    return out;
}

std::string report_path(std::string_view queue_id)
{
    return "/sms/reports/" + http::percent_encode(queue_id);
}

} // namespace

http::request send(const user& u, const sms_order& order, body_form form)
{
    auto r = authorised(u, http::method::post, "/sms/send/normal", "toplusms.send");
    if (form == body_form::multipart) {
        auto parts = http::multipart_encode(fields_of(order));
        r.headers.emplace_back("Content-Type", std::move(parts.content_type));
        r.body = std::move(parts.body);
        return r;
    }
    r.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    r.body = http::form_encode(fields_of(order));
    return r;
}

http::request report(const user& u, std::string_view queue_id)
{
    auto r = authorised(u, http::method::get, report_path(queue_id), "toplusms.report");
    r.max_body = report_body;
    return r;
}

http::request profile(const user& u)
{
    return authorised(u, http::method::get, "/user/profileDetails", "toplusms.profile");
}

http::request as_empty_post(http::request read)
{
    read.verb = http::method::post;
    return read;
}

http::request send_by_url(std::string_view api_key, const sms_order& order)
{
    const http::header_list fields{{"apikey", std::string(api_key)},
                                   {"encoding", encoding_word(order.encoding)},
                                   {"title", order.sender},
                                   {"numbers", join(order.numbers, ",", &phone::digits)},
                                   {"message", order.text}};
    return http::request(http::method::get, "/sms/send" + query(fields), "toplusms.send");
}

http::request report_by_url(std::string_view api_key, std::string_view queue_id)
{
    auto target = report_path(queue_id) + query({{"apikey", std::string(api_key)}});
    http::request r(http::method::get, std::move(target), "toplusms.report");
    r.max_body = report_body;
    return r;
}

http::request profile_by_url(std::string_view api_key)
{
    auto target = "/user/profileDetails" + query({{"apikey", std::string(api_key)}});
    return http::request(http::method::get, std::move(target), "toplusms.profile");
}

result<void> check_order(const sms_order& order, std::size_t most)
{
    constexpr std::int64_t longest_validity = 48; // the provider turns anything else into 48 without a word
    if (order.numbers.empty() || order.numbers.size() > most)
        return error(errc::invalid_argument, "toplusms: " + std::to_string(order.numbers.size()) +
                                                 " numbers in one order, 1 to " + std::to_string(most) +
                                                 " are possible");
    if (!order.further.empty())
        return error(errc::invalid_argument, "toplusms: one order holds one text");
    if (order.text.empty() || order.sender.empty())
        return error(errc::invalid_argument, "toplusms: an order needs a sender and a text");
    if (order.validity && (order.validity->count() < 1 || order.validity->count() > longest_validity))
        return error(errc::invalid_argument, "toplusms: validity must be 1 to 48 hours");
    return {};
}

} // namespace ulak::providers::toplusms::wire
