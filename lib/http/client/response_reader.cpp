#include "http/client/response_reader.hpp"

#include "http/client/response_parser.hpp"
#include "http/detail/beast_feed.hpp"
#include "http/detail/http_grammar.hpp"

#include <limits>
#include <utility>

namespace ulak::http {

namespace bh = boost::beast::http;

namespace {

constexpr std::size_t header_limit = 64 * 1024; ///< also of a chunk's extension and of all trailers
constexpr std::size_t framing_factor = 8;       ///< a chunk of one byte takes six bytes
constexpr int max_informational = 5;

} // namespace

struct response_reader::feed_state : beast_feed<response_parser> {
    using beast_feed::beast_feed;
};

response_reader::response_reader(std::size_t max_body)
    : max_body_(max_body),
      budget_(header_limit * (max_informational + 2) + max_body * framing_factor),
      state_(std::make_unique<feed_state>(header_limit, max_body, header_limit))
{}

response_reader::~response_reader() = default;

void response_reader::stream_to(std::function<bool(std::string_view)> content)
{
    sink_ = std::move(content);
    state_->parser->body_limit(std::numeric_limits<std::uint64_t>::max());
}

response_reader::step response_reader::fail(errc code, std::string message, reach how_far)
{
    failure_.emplace(code, std::move(message), how_far);
    failure_->http_status = status_;
    return step::failed;
}

response_reader::step response_reader::parse_failed()
{
    auto ec = state_->failed;
    if (ec == bh::error::body_limit || ec == bh::error::header_limit)
        return fail(errc::too_large, "the answer is larger than allowed for this call");
    return fail(errc::malformed, "the answer is not sound HTTP/1.1: " + ec.message());
}

response_reader::step response_reader::check_head()
{
    // 1xx: start over with the next response.
    auto& parser = *state_->parser;
    int status = parser.message.status;
    if (status < 100 || status > 599 || status == 101)
        return fail(errc::malformed, "the answer has the impossible status " + std::to_string(status));
    if (status < 200) {
        if (++informational_ > max_informational)
            return fail(errc::malformed, "the peer sends one provisional answer after the other");
        state_ = std::make_unique<feed_state>(header_limit, max_body_, header_limit);
        if (sink_)
            stream_to(std::move(sink_));
        return step::more;
    }
    // The final response: its end must be certain and its body readable.
    status_ = status;
    reached_ = phase::body;
    if (!parser.has_valid_transfer_coding() || parser.version > 11)
        return fail(errc::malformed, "the answer's end cannot be known: odd Transfer-Encoding or version");
    auto encoding = parser.message.header("content-encoding");
    if (!encoding.empty() && !equals_ignore_case(encoding, "identity"))
        return fail(errc::malformed, "the answer is compressed although that was not asked for", reach::answered);
    framing_ok_ = !parser.need_eof();
    keep_alive_ = framing_ok_ && parser.keep_alive();
    return step::more;
}

// `done`: the sink has enough.
response_reader::step response_reader::pass_to_sink()
{
    auto& body = state_->parser->message.body;
    if (!sink_ || body.empty() || status_ != 200)
        return step::more;
    bool wanted = sink_(body);
    body.clear();
    return wanted ? step::more : step::done;
}

response_reader::step response_reader::complete(std::size_t leftover)
{
    reached_ = phase::complete;
    leftover_ = leftover;
    keep_alive_ = keep_alive_ && leftover_ == 0;
    return step::done;
}

response_reader::step response_reader::feed(std::string_view bytes)
{
    if (bytes.size() > budget_ && !sink_)
        return fail(errc::too_large, "the answer is larger than allowed for this call");
    budget_ -= sink_ ? 0 : bytes.size();
    std::string joined;
    if (!pending_.empty()) {
        joined = std::exchange(pending_, std::string());
        bytes = joined.append(bytes);
    }
    auto now = consume(bytes);
    if (now == step::more)
        pending_.assign(bytes);
    return now;
}

// Removes what it can parse from the front of `bytes`; the rest must come again with more behind it.
response_reader::step response_reader::consume(std::string_view& bytes)
{
    if (reached_ == phase::written && !bytes.empty())
        reached_ = phase::header;
    auto now = state_->advance(bytes);
    while (now == read_step::head) {
        if (check_head() == step::failed)
            return step::failed;
        now = state_->advance(bytes); // after a 1xx response this reads the next header
    }
    if (now == read_step::failed)
        return parse_failed();
    if (pass_to_sink() == step::done || now == read_step::done)
        return complete(bytes.size());
    return step::more;
}

response_reader::step response_reader::end_of_stream(bool orderly)
{
    if (reached_ == phase::body && !framing_ok_ && orderly) {
        state_->parser->put_eof(state_->failed);
        return state_->failed ? parse_failed() : complete(0);
    }
    if (reached_ == phase::written)
        return fail(errc::connection_lost, "the connection ended before an answer came");
    return fail(errc::connection_lost, "the connection ended within the answer");
}

response response_reader::take()
{
    return std::move(state_->parser->message);
}

} // namespace ulak::http
