#include "http/server/request_reader.hpp"

#include "http/detail/beast_feed.hpp"
#include "http/detail/http_grammar.hpp"
#include "http/form.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace ulak::http {

namespace bh = boost::beast::http;

struct request_reader::feed_state : beast_feed<bh::request_parser<bh::string_body>> {
    using beast_feed::beast_feed;
    bool keep_alive = false;
    bool is_http10 = false;
};

namespace {

header_list headers_of(const bh::fields& fields)
{
    header_list out;
    for (const auto& field : fields)
        out.emplace_back(std::string(field.name_string()), std::string(field.value()));
    return out;
}

} // namespace

request_reader::request_reader(const server_limits& limits) : limits_(limits)
{
    start_next();
}

request_reader::~request_reader() = default;

void request_reader::start_next()
{
    auto fresh = std::make_unique<feed_state>(limits_.header_bytes, limits_.body_bytes, limits_.header_bytes);
    if (state_)
        fresh->pending = std::move(state_->pending);
    // RFC 9112 section 2.2: some old clients send an empty line before a request; it is skipped.
    while (fresh->pending.starts_with("\r\n"))
        fresh->pending.erase(0, 2);
    state_ = std::move(fresh);
    request_ = incoming_request();
    reason_ = rejection();
}

bool request_reader::started() const noexcept
{
    return !state_->pending.empty() || state_->parser->is_header_done();
}

bool request_reader::keep_alive() const noexcept
{
    return state_->keep_alive;
}

bool request_reader::is_http10() const noexcept
{
    return state_->is_http10;
}

request_reader::step request_reader::reject(int status, std::string detail)
{
    reason_ = rejection{status, std::move(detail)};
    return step::failed;
}

request_reader::step request_reader::parse_failed()
{
    if (state_->failed == bh::error::header_limit && !state_->parser->is_header_done())
        return reject(431, "the header is longer than " + std::to_string(limits_.header_bytes) + " bytes");
    if (state_->failed == bh::error::body_limit)
        return reject(413, "the body is longer than " + std::to_string(limits_.body_bytes) + " bytes");
    return reject(400, "not a request of HTTP/1.1: " + state_->failed.message());
}

request_reader::step request_reader::check_head()
{
    const auto& head = state_->parser->get();
    std::string_view target(head.target().data(), head.target().size());
    state_->is_http10 = head.version() == 10;
    state_->keep_alive = head.keep_alive() && !state_->is_http10;
    request_.headers = headers_of(head);
    // The framing.
    if (!is_valid_transfer_coding(request_.headers, static_cast<int>(head.version())))
        return reject(501, "the only transfer coding is chunked");
    // Host and target.
    auto hosts = head.count(bh::field::host);
    if (hosts > 1 || (hosts == 0 && !state_->is_http10))
        return reject(400, "exactly one Host header is needed");
    if (!target.starts_with('/') || !is_visible_ascii(target))
        return reject(400, "the target must be a path");
    auto mark = target.find('?');
    auto path = percent_decode(target.substr(0, mark));
    auto query = form_decode(mark == target.npos ? std::string_view() : target.substr(mark + 1));
    if (!path || !query || path->find('\0') != path->npos)
        return reject(400, "the target is not well encoded");
    request_.verb = std::string(head.method_string());
    request_.raw_target = std::string(target);
    request_.path = std::move(*path);
    request_.query = std::move(*query);
    // The expectation.
    auto expectation = request_.header("expect");
    if (expectation.empty())
        return step::more;
    return equals_ignore_case(expectation, "100-continue") ? step::wants_continue
                                                           : reject(417, "only 100-continue is known");
}

request_reader::step request_reader::feed(std::string_view bytes)
{
    state_->pending.append(bytes);
    auto now = state_->advance();
    if (now == read_step::head) {
        auto checked = check_head();
        if (checked == step::failed)
            return checked;
        now = state_->advance();
        if (now == read_step::more && checked == step::wants_continue && state_->pending.empty())
            return step::wants_continue;
    }
    if (now == read_step::failed)
        return parse_failed();
    return now == read_step::done ? step::done : step::more;
}

incoming_request request_reader::take()
{
    request_.body = std::move(state_->parser->get().body());
    return std::move(request_);
}

} // namespace ulak::http
