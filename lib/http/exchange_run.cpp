#include "http/exchange_run.hpp"

#include "http/fetch_ahead.hpp"
#include "http/request_writer.hpp"

#include "async/waiter.hpp"
#include "core/failpoint.hpp"
#include "core/secret.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <memory>
#include <span>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// A gate's word (the dispatch is on disk) is not taken after a stall or a suspend: by then another may have acted on
// it.
constexpr std::chrono::seconds gate_holds(2);

constexpr std::size_t room = 16 * 1024; ///< the content of the largest TLS record

// Between two waits of one exchange nobody else runs, so one place serves all.
std::span<char> content_room()
{
    thread_local const auto place = std::make_unique_for_overwrite<char[]>(room);
    return {place.get(), room};
}

} // namespace

exchange_run::exchange_run(client_parts& parts, connection& on, const request& r, const send_options& options,
                           trace& how, async::steady_point now)
    : parts_(parts),
      on_(on),
      request_(r),
      options_(options),
      how_(how),
      now_(now),
      late_([&on] { on.stream->close(); }),
      guard_(*parts.deadlines, late_, options.deadline)
{}

void exchange_run::fail(errc code, std::string message, reach how_far)
{
    answer_.emplace(error(code, std::move(message), how_far));
}

std::chrono::microseconds exchange_run::elapsed()
{
    now_ = parts_.clock.now();
    return std::chrono::duration_cast<std::chrono::microseconds>(now_ - how_.began);
}

// Everything before the first byte. An error means that nothing was sent.
task<std::optional<error>> exchange_run::pass_gate()
{
    how_.reached = phase::dispatch;
    if (!on_.stream->quiet()) {
        how_.close = on_.stream->how_closed();
        co_return error(errc::connection_lost, "the peer closed the connection before anything was sent");
    }
    if (options_.gate) {
        ULAK_FAILPOINT("send/gate");
        auto passed = co_await options_.gate();
        gate_passed_ = parts_.clock.now();
        ULAK_FAILPOINT("send/gate-passed");
        if (!passed) {
            auto why = passed.error();
            why.how_far = reach::not_sent;
            co_return why;
        }
    }
    bool told = co_await async::cancellation_requested();
    if (told) {
        how_.close = closing::cancelled;
        co_return error(errc::cancelled, "cancelled before anything was sent");
    }
    co_return std::nullopt;
}

// The last look before the first byte.
bool exchange_run::may_begin()
{
    if (options_.costly) // the others come straight here
        now_ = parts_.clock.now();
    if (late_.rang() || now_ >= options_.deadline) {
        how_.close = closing::timeout;
        fail(errc::timed_out, "no time was left before anything was sent", reach::not_sent);
        return false;
    }
    if (gate_passed_ && now_ - *gate_passed_ > gate_holds) {
        fail(errc::unavailable, "the program stood still between its note and the request; nothing was sent",
             reach::not_sent);
        return false;
    }
    if (options_.costly && !on_.stream->quiet()) {
        how_.close = on_.stream->how_closed();
        fail(errc::connection_lost, "the peer closed the connection before anything was sent", reach::not_sent);
        return false;
    }
    return true;
}

// The first part of the request, as far as it goes without waiting; nothing: there is a rest.
std::optional<error_code> exchange_run::begin()
{
    write_request(on_.outgoing, request_, parts_.host_field, parts_.settings.where.base_path);
    how_.reached = phase::writing;
    ULAK_FAILPOINT("send/write");
    how_.handed_to_tls = true;
    return on_.stream->write_now(on_.outgoing);
}

task<> exchange_run::write_and_read()
{
    if (!may_begin())
        co_return;
    auto failed = begin();
    if (!failed)
        failed = co_await on_.stream->write_rest();
    wipe(on_.outgoing);
    if (!*failed) {
        how_.reached = phase::written;
        how_.written = elapsed();
        ULAK_FAILPOINT("send/written");
    }
    while (!*failed && !answer_) {
        auto came = on_.stream->read_now(content_room());
        if (came.failed == asio::error::would_block) {
            if (on_.stream->has_unsent()) {
                came.failed = co_await on_.stream->fill();
            } else { // nearly always
                co_await on_.stream->next_arrival();
                came.failed = on_.stream->arrival_failed();
            }
            fetch_what_follows();
            if (!came.failed)
                continue;
        }
        failed = take(came);
    }
    if (*failed)
        co_await end_early(*failed);
}

// For the time after the decryption: the callers' frames, and the connection.
void exchange_run::fetch_what_follows() const noexcept
{
    fetch_frame_around(how_);
    fetch_frame_around(options_);
    fetch_frame_around(request_);
    fetch_ahead(on_);
}

// What a read brought; the error is of one that ended the exchange before its time.
error_code exchange_run::take(const transfer& came)
{
    auto closed = on_.stream->how_closed();
    // What TLS itself refuses is no end of a stream: its reason is what helps.
    bool orderly_or_cut = closed != closing::none && on_.stream->reason().empty();
    if (came.failed && (!orderly_or_cut || late_.rang()))
        return came.failed;
    auto since_began = elapsed();
    if (came.bytes > 0 && how_.reached == phase::written)
        how_.answering = since_began;
    ULAK_FAILPOINT("send/arrived");
    if (!reader_)
        reader_ = std::make_unique<answer_reader>(request_.max_body);
    auto now = came.failed ? reader_->end(closed == closing::close_notify)
                           : reader_->feed(std::string_view(content_room().data(), came.bytes));
    how_.reached = reader_->reached();
    how_.status = reader_->status();
    if (now != answer_reader::step::more)
        finish();
    return error_code();
}

// A write or a read that did not run to its end.
task<> exchange_run::end_early(error_code failed)
{
    now_ = parts_.clock.now();
    how_.close = on_.stream->how_closed();
    bool told = co_await async::cancellation_requested();
    if (late_.rang()) {
        how_.close = closing::timeout;
        fail(errc::timed_out, "no whole answer came in time", reach::maybe_sent);
    } else if (told && how_.close == closing::none) {
        how_.close = closing::cancelled;
        fail(errc::cancelled, "cancelled while the request was under way", reach::maybe_sent);
    } else {
        const auto& why = on_.stream->reason().empty() ? failed.message() : on_.stream->reason();
        fail(errc::connection_lost, "the connection broke while the request was under way: " + why, reach::maybe_sent);
    }
}

void exchange_run::finish()
{
    how_.framing_ok = reader_->framing_ok() && reader_->reached() == phase::complete;
    if (reader_->reached() != phase::complete) {
        how_.close = on_.stream->how_closed();
        answer_.emplace(reader_->why());
        return;
    }
    how_.leftover = reader_->leftover() + on_.stream->drain(options_.costly);
    how_.close = on_.stream->how_closed();
    on_.reusable = reader_->keep_alive() && how_.leftover == 0 && how_.close == closing::none;
    answer_.emplace(reader_->take());
    ULAK_FAILPOINT("send/answered");
}

task<> exchange_run::run_costly()
{
    auto refused = co_await pass_gate();
    if (refused) {
        now_ = parts_.clock.now();
        answer_.emplace(std::move(*refused));
        co_return;
    }
    // From here on nobody can stop it: half a purchase is worse than a whole one.
    auto ex = co_await asio::this_coro::executor;
    auto alone = asio::bind_cancellation_slot(asio::cancellation_slot(), use_task);
    co_await asio::co_spawn(ex, write_and_read(), std::move(alone));
}

} // namespace ulak::http
