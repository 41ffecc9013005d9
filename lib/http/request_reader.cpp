#include "http/request_reader.hpp"

#include "http/beast_feed.hpp"
#include "http/form.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace ulak::http {

namespace bh = boost::beast::http;

struct request_reader::feed_state : beast_feed<bh::request_parser<bh::string_body>> {
    using beast_feed::beast_feed;
    bool keep_alive = false;
    bool old_version = false;
};

request_reader::request_reader(const server_limits& limits) : limits_(limits)
{
    begin();
}

request_reader::~request_reader() = default;

void request_reader::begin()
{
    auto fresh = std::make_unique<feed_state>(limits_.header_bytes, limits_.body_bytes, limits_.header_bytes);
    if (state_)
        fresh->pending = std::move(state_->pending);
    // RFC 9112 2.2: an empty line before a request is a slip of old clients.
    while (fresh->pending.starts_with("\r\n"))
        fresh->pending.erase(0, 2);
    state_ = std::move(fresh);
    request_ = incoming();
    why_ = refusal();
}

bool request_reader::begun() const noexcept
{
    return !state_->pending.empty() || state_->parser->is_header_done();
}

bool request_reader::keep_alive() const noexcept
{
    return state_->keep_alive;
}

bool request_reader::old_version() const noexcept
{
    return state_->old_version;
}

request_reader::step request_reader::refuse(int status, std::string detail)
{
    why_ = refusal(status, std::move(detail));
    return step::failed;
}

request_reader::step request_reader::failed()
{
    if (state_->failed == bh::error::header_limit && !state_->parser->is_header_done())
        return refuse(431, "the header is longer than " + std::to_string(limits_.header_bytes) + " bytes");
    if (state_->failed == bh::error::body_limit)
        return refuse(413, "the body is longer than " + std::to_string(limits_.body_bytes) + " bytes");
    return refuse(400, "not a request of HTTP/1.1: " + state_->failed.message());
}

request_reader::step request_reader::look_at_head()
{
    const auto& head = state_->parser->get();
    std::string_view target(head.target().data(), head.target().size());
    state_->old_version = head.version() == 10;
    state_->keep_alive = head.keep_alive() && !state_->old_version;
    if (!state_->sound_coding())
        return refuse(501, "the only transfer coding is chunked");
    auto hosts = head.count(bh::field::host);
    if (hosts > 1 || (hosts == 0 && !state_->old_version))
        return refuse(400, "exactly one Host header is needed");
    if (!target.starts_with('/') || !is_visible_ascii(target))
        return refuse(400, "the target must be a path");
    auto mark = target.find('?');
    auto path = percent_decode(target.substr(0, mark));
    auto query = form_decode(mark == target.npos ? std::string_view() : target.substr(mark + 1));
    if (!path || !query || path->find('\0') != path->npos)
        return refuse(400, "the target is not well encoded");
    request_.verb = std::string(head.method_string());
    request_.raw_target = std::string(target);
    request_.path = std::move(*path);
    request_.query = std::move(*query);
    request_.headers = state_->headers();
    auto expectation = request_.header("expect");
    if (expectation.empty())
        return step::more;
    return same_word(expectation, "100-continue") ? step::wants_continue : refuse(417, "only 100-continue is known");
}

request_reader::step request_reader::feed(std::string_view bytes)
{
    state_->pending.append(bytes);
    auto now = state_->advance();
    if (now == read_step::head) {
        auto verdict = look_at_head();
        if (verdict == step::failed)
            return verdict;
        now = state_->advance();
        if (now == read_step::more && verdict == step::wants_continue && state_->pending.empty())
            return step::wants_continue;
    }
    if (now == read_step::failed)
        return failed();
    return now == read_step::done ? step::done : step::more;
}

incoming request_reader::take()
{
    request_.body = std::move(state_->parser->get().body());
    return std::move(request_);
}

} // namespace ulak::http
