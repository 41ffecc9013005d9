#include "http/answer_reader.hpp"

#include "http/answer_parser.hpp"
#include "http/beast_feed.hpp"

#include <limits>
#include <utility>

namespace ulak::http {

namespace bh = boost::beast::http;

namespace {

constexpr std::size_t header_limit = 64 * 1024; ///< also of a chunk's extension and of all trailers
constexpr std::size_t framing_factor = 8;       ///< a chunk of one byte takes six bytes
constexpr int most_informational = 5;

} // namespace

struct answer_reader::feed_state : beast_feed<answer_parser> {
    using beast_feed::beast_feed;
};

answer_reader::answer_reader(std::size_t max_body)
    : max_body_(max_body),
      budget_(header_limit * (most_informational + 2) + max_body * framing_factor),
      state_(std::make_unique<feed_state>(header_limit, max_body, header_limit))
{}

answer_reader::~answer_reader() = default;

void answer_reader::divert(std::function<bool(std::string_view)> content)
{
    divert_ = std::move(content);
    state_->parser->body_limit(std::numeric_limits<std::uint64_t>::max());
}

answer_reader::step answer_reader::fail(errc code, std::string message, reach how_far)
{
    error why(code, std::move(message), how_far);
    why.http_status = status_;
    why_ = std::move(why);
    return step::failed;
}

answer_reader::step answer_reader::failed()
{
    auto why = state_->failed;
    if (why == bh::error::body_limit || why == bh::error::header_limit)
        return fail(errc::too_large, "the answer is larger than allowed for this call");
    return fail(errc::malformed, "the answer is not sound HTTP/1.1: " + why.message());
}

answer_reader::step answer_reader::look_at_head()
{
    auto& parser = *state_->parser;
    int status = parser.taken.status;
    if (status < 100 || status > 599 || status == 101)
        return fail(errc::malformed, "the answer has the impossible status " + std::to_string(status));
    if (status < 200) {
        if (++informational_ > most_informational)
            return fail(errc::malformed, "the peer sends one provisional answer after the other");
        state_ = std::make_unique<feed_state>(header_limit, max_body_, header_limit);
        if (divert_)
            divert(std::move(divert_));
        return step::more;
    }
    status_ = status;
    reached_ = phase::body;
    if (!parser.has_sound_coding() || parser.version > 11)
        return fail(errc::malformed, "the answer's end cannot be known: odd Transfer-Encoding or version");
    auto encoding = parser.taken.header("content-encoding");
    if (!encoding.empty() && !same_word(encoding, "identity"))
        return fail(errc::malformed, "the answer is compressed although that was not asked for", reach::answered);
    framing_ok_ = !parser.need_eof();
    keep_alive_ = framing_ok_ && parser.keep_alive();
    return step::more;
}

answer_reader::step answer_reader::hand_on()
{
    auto& body = state_->parser->taken.body;
    if (!divert_ || body.empty() || status_ != 200)
        return step::more;
    bool wanted = divert_(body);
    body.clear();
    return wanted ? step::more : step::done;
}

answer_reader::step answer_reader::complete(std::size_t leftover)
{
    reached_ = phase::complete;
    leftover_ = leftover;
    keep_alive_ = keep_alive_ && leftover_ == 0;
    return step::done;
}

answer_reader::step answer_reader::feed(std::string_view bytes)
{
    if (bytes.size() > budget_ && !divert_)
        return fail(errc::too_large, "the answer is larger than allowed for this call");
    budget_ -= divert_ ? 0 : bytes.size();
    std::string joined;
    if (!pending_.empty()) {
        joined = std::exchange(pending_, std::string());
        bytes = joined.append(bytes);
    }
    auto now = take_in(bytes);
    if (now == step::more)
        pending_.assign(bytes);
    return now;
}

// Takes what it can off the front; the rest waits for more.
answer_reader::step answer_reader::take_in(std::string_view& bytes)
{
    if (reached_ == phase::written && !bytes.empty())
        reached_ = phase::header;
    auto now = state_->advance(bytes);
    while (now == read_step::head) {
        if (look_at_head() == step::failed)
            return step::failed;
        now = state_->advance(bytes); // after a provisional answer: into the next head
    }
    if (now == read_step::failed)
        return failed();
    if (hand_on() == step::done || now == read_step::done)
        return complete(bytes.size());
    return step::more;
}

answer_reader::step answer_reader::end(bool orderly)
{
    if (reached_ == phase::body && !framing_ok_ && orderly) {
        state_->parser->put_eof(state_->failed);
        return state_->failed ? failed() : complete(0);
    }
    if (reached_ == phase::written)
        return fail(errc::connection_lost, "the connection ended before an answer came");
    return fail(errc::connection_lost, "the connection ended within the answer");
}

response answer_reader::take()
{
    return std::move(state_->parser->taken);
}

} // namespace ulak::http
