// What providers and local clients send.
#include "fuzz/targets.hpp"
#include "fuzz/law.hpp"

#include "core/money.hpp"
#include "core/phone.hpp"
#include "http/auth.hpp"
#include "http/client/response_reader.hpp"
#include "http/detail/http_grammar.hpp"
#include "http/form.hpp"
#include "http/server/request_reader.hpp"
#include "providers/all_calls.hpp"
#include "providers/detail/answer.hpp"
#include "providers/detail/http_date.hpp"
#include "providers/detail/json_parse.hpp"

#include <algorithm>

namespace ulak::fuzz {
namespace {

unsigned char take_byte(std::string_view& bytes)
{
    const unsigned char first = bytes.empty() ? '\0' : static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(bytes.empty() ? 0 : 1);
    return first;
}

struct read_answer {
    http::response_reader::step last = http::response_reader::step::more;
    http::response answer{};
    bool framing_ok = false;
    std::size_t leftover = 0;
};

read_answer read_in_pieces(std::string_view bytes, std::size_t piece, bool orderly, std::size_t max_body)
{
    using step = http::response_reader::step;
    http::response_reader reader(max_body);
    read_answer out;
    while (!bytes.empty() && out.last == step::more) {
        const auto part = bytes.substr(0, piece);
        bytes.remove_prefix(part.size());
        out.last = reader.feed(part);
    }
    if (out.last == step::more)
        out.last = reader.end_of_stream(orderly);
    out.framing_ok = reader.framing_ok();
    out.leftover = reader.leftover() + bytes.size();
    if (out.last == step::failed)
        law(!reader.failure().message.empty(), "a failure has a reason");
    else
        out.answer = reader.take();
    return out;
}

/// The first byte: how large the pieces are, and how the stream ends.
void answers(std::string_view bytes)
{
    using step = http::response_reader::step;
    constexpr std::size_t max_body = 4096;
    const auto how = take_byte(bytes);
    const bool orderly = how % 2 == 0;
    const auto once = read_in_pieces(bytes, bytes.size() + 1, orderly, max_body);
    const auto pieces = read_in_pieces(bytes, how / 2 + 1u, orderly, max_body);
    law(once.last != step::more && pieces.last != step::more, "an answer comes to an end");
    law(once.last == pieces.last, "the size of the pieces decides nothing");
    if (once.last != step::done)
        return;
    law(once.answer.status >= 200 && once.answer.status <= 599, "the status is one");
    law(once.answer.body.size() <= max_body, "the body is not longer than allowed");
    law(once.answer.body == pieces.answer.body, "the body is the same in any pieces");
    law(once.answer.status == pieces.answer.status, "the status is the same in any pieces");
    law(once.framing_ok || orderly, "without framing only a goodbye ends an answer");
    for (const auto& [name, value] : once.answer.headers) {
        law(value.find('\n') == value.npos && name.find('\n') == name.npos, "no header holds a line end");
    }
    const auto cut =
        read_in_pieces(bytes.substr(0, bytes.size() - std::min<std::size_t>(bytes.size(), once.leftover + 1)),
                       bytes.size() + 1, false, max_body);
    law(!once.framing_ok || cut.last == step::failed, "less than a whole answer is none");
}

void requests(std::string_view bytes)
{
    using step = http::request_reader::step;
    http::server_limits limits;
    limits.header_bytes = 1024;
    limits.body_bytes = 2048;
    const std::size_t piece = take_byte(bytes) + 1u;
    http::request_reader reader(limits);
    for (int requests = 0; requests < 20 && (!bytes.empty() || reader.started()); ++requests) {
        auto now = step::more;
        bool fed = false;
        while (now != step::done && now != step::failed && (!bytes.empty() || (!fed && reader.started()))) {
            const auto part = bytes.substr(0, piece);
            bytes.remove_prefix(part.size());
            now = reader.feed(part);
            fed = true;
        }
        if (now == step::failed)
            law(reader.reason().status >= 400 && reader.reason().status < 600, "a refusal has a status");
        if (now != step::done)
            return;
        const auto in = reader.take();
        law(in.path.starts_with('/') && in.path.find('\0') == in.path.npos, "a path is one");
        law(in.body.size() <= limits.body_bytes, "the body is not longer than allowed");
        law(http::is_token(in.verb), "a verb is one");
        if (!reader.keep_alive())
            return;
        reader.start_next();
    }
}

std::size_t depth_of(const providers::json_value& v)
{
    std::size_t deepest = 0;
    for (const auto& one : v.items)
        deepest = std::max(deepest, depth_of(one));
    for (const auto& [key, one] : v.members)
        deepest = std::max(deepest, depth_of(one));
    return deepest + 1;
}

void look_at(const providers::json_value& v)
{
    const auto id = providers::as_id(&v);
    law(!id || (!id->empty() && id->size() <= 128), "an id is short");
    const auto number = providers::as_number_id(&v);
    law(!number || number->find_first_not_of("0123456789") == number->npos, "a number is digits");
    law(!number || number->front() != '0', "an id is canonical");
    providers::as_int(&v);
    providers::as_bool(&v);
    providers::as_text(&v);
    if (const auto amount = providers::as_decimal(&v))
        law(decimal::parse(amount->text()).has_value(), "an amount can be read again");
    for (const auto& one : v.items)
        look_at(one);
    for (const auto& [key, one] : v.members)
        look_at(one);
}

void json(std::string_view bytes)
{
    const auto parsed = providers::parse_provider_json(bytes);
    if (!parsed)
        return law(!parsed.error().message.empty(), "an error says why");
    law(depth_of(*parsed) <= 34, "the depth is bounded");
    look_at(*parsed);
    parsed->at_pointer("/data/0/code");
    parsed->at_pointer(bytes.substr(0, 64));
}

/// The first byte chooses status and call; the rest is the body.
void calls(std::string_view bytes)
{
    constexpr int statuses[] = {200, 200, 200, 201, 202, 204, 302, 400, 401, 404, 429, 500, 503};
    const auto choice = take_byte(bytes);
    http::response r;
    r.status = statuses[choice % std::size(statuses)];
    r.headers.emplace_back("Content-Type", choice % 7 == 0 ? "text/html" : "application/json");
    r.body = std::string(bytes);
    for (const auto& c : tests::calls()) {
        const auto read = c.read(r);
        if (!read)
            for (const char letter : read.error().message)
                law(static_cast<unsigned char>(letter) >= 0x20 && letter != 0x7f, "an error can be printed");
        if (!c.costly)
            continue;
        const auto verdict = c.settle(tests::complete(r));
        law(verdict != providers::classification::not_sent, "what was handed over was sent");
        law(verdict != providers::classification::accepted || (read && r.status < 202),
            "only a sound answer is a success");
    }
}

void forms(std::string_view bytes)
{
    law(http::percent_decode(http::percent_encode(bytes)).value() == bytes, "encoding can be undone");
    http::percent_decode(bytes);
    const auto fields = http::form_decode(bytes);
    if (fields) {
        const auto again = http::form_decode(http::form_encode(*fields));
        law(again.has_value() && *again == *fields, "a form can be written again");
    }
    http::header_list one;
    one.emplace_back("file", std::string(bytes));
    const auto parts = http::multipart_encode(one);
    law(parts.body.find(bytes) != std::string::npos, "a value stands in its part as it is");
}

/// The first line and the rest: user and password, a date, an address, a phone number.
void logins(std::string_view bytes)
{
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto first = bytes.substr(0, end), rest = bytes.substr(std::min(end + 1, bytes.size()));
    for (const auto& header : {http::basic_authorization(first, rest), http::bearer_authorization(http::base64(rest))})
        law(http::is_field_value(header), "a login fits into a header");
    law(http::md5_hex(bytes).size() == 32 && http::sha256_hex(bytes).size() == 64, "a hash has its length");
    law(http::hmac_sha256_hex(first, rest).size() == 64, "a signature has its length");
    if (const auto where = http::origin::parse(bytes))
        law(!where->host.empty() && where->base_path.find_first_of("?# \r\n") == std::string::npos,
            "an address is one");
    if (const auto person = phone::parse(bytes))
        law(person->digits().size() == 10 && person->digits().front() == '5', "a phone number has ten digits");
    http::response r;
    r.headers.emplace_back("Retry-After", std::string(first));
    r.headers.emplace_back("Date", std::string(rest));
    if (const auto wish = providers::read_retry_after(r))
        law(wish->count() >= 1 && wish->count() <= 3600, "a wish for time is bounded");
    providers::parse_http_date(bytes);
}

} // namespace

std::span<const target> targets()
{
    static const target all[] = {{"answers", answers}, {"requests", requests}, {"json", json},   {"calls", calls},
                                 {"forms", forms},     {"logins", logins},     {"files", files}, {"texts", texts}};
    return all;
}

} // namespace ulak::fuzz
