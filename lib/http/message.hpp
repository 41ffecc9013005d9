// Requests, responses and what is known of an exchange, as plain values. No type of Beast or OpenSSL appears here.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "core/error.hpp"
#include "http/header_block.hpp"
#include "http/origin.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::http {

/// Names and values in the order of the message.
using header_list = std::vector<std::pair<std::string, std::string>>;

enum class method { get, post, del };

std::string_view name(method m) noexcept; ///< "GET" "POST" "DELETE"

/// `target` is relative to the origin's base path, percent-encoded, and begins with "/". It and the body may hold
/// secrets, so neither is ever logged. `label` stands for the request in logs: "smmonayim.getNumber", a literal with
/// static storage.
struct request {
    request(method verb_, std::string target_, std::string_view label_)
        : verb(verb_), target(std::move(target_)), label(label_)
    {}
    request(const request&) = default;
    request(request&&) noexcept = default;
    request& operator=(const request&) = default;
    request& operator=(request&&) noexcept = default;
    /// Overwrites what may hold secrets.
    ~request();

    method verb;
    std::string target;
    std::string_view label;
    header_list headers{}; ///< beside Host, User-Agent, Accept, Accept-Encoding, Content-Length, Connection
    std::string body{};
    std::size_t max_body = 64 * 1024; ///< bytes of the response's body; lists ask for more
};

struct response {
    int status = 0;
    header_block headers{};
    std::string body{};

    /// The first header of that name, in any case; empty if there is none.
    std::string_view header(std::string_view name) const noexcept { return headers.find(name); }
};

/// The last step that an exchange reached, in the order in which they follow each other.
enum class phase { resolve, connect, tls, dispatch, writing, written, header, body, complete };
/// How the connection ended, as far as this side saw it.
enum class close_reason { none, close_notify, eof, reset, timeout, cancelled };

std::string_view name(phase p) noexcept;
std::string_view name(close_reason c) noexcept;

/// How far an exchange got. `handed_to_tls` is set before the first call that could put request bytes on the wire;
/// false proves that nothing was sent.
struct exchange_trace {
    phase reached = phase::resolve;
    bool handed_to_tls = false;
    int status = 0;           ///< of the final response as soon as its header came, usable or not; 0 before
    bool framing_ok = false;  ///< all bytes of Content-Length came, or the last chunk
    std::size_t leftover = 0; ///< bytes after the message
    close_reason closed_by = close_reason::none;
    bool reused_connection = false;
    bool resumed_session = false;

    // Since the call began; 0 where that point was not reached.
    std::chrono::microseconds connected{0};  ///< TLS was up, or an idle connection was at hand
    std::chrono::microseconds written{0};    ///< the last byte of the request was handed over
    std::chrono::microseconds first_byte{0}; ///< the first byte of the response came
    std::chrono::microseconds duration{0};   ///< until the end
    async::steady_point started_at{};
};

/// The response or the error, with the trace in both cases. `error::how_far` agrees with the trace.
struct exchange {
    explicit exchange(error e) : answer(std::move(e)) {}
    exchange(result<response> a, exchange_trace t) : answer(std::move(a)), trace(t) {}

    result<response> answer;
    exchange_trace trace{};
};

/// Called after TLS is up and before the first byte of a costly request; an error from it means that nothing is sent.
using dispatch_gate = std::function<task<result<void>>()>;

/// How the caller reads a response as soon as it is there: the failure that it reports, or nothing.
using response_check = std::function<std::optional<errc>(const response&)>;

/// How a request is to be carried out.
struct send_options {
    explicit send_options(async::steady_point deadline_) : deadline(deadline_) {}

    async::steady_point deadline; ///< over resolve, connect, TLS, write and read together
    bool costly = false;          ///< takes a fresh connection; never raced, never retried
    bool priority = false;        ///< follows up a purchase: passes ahead of requests that do not, and of rate limits
    dispatch_gate gate{};         ///< only with `costly`
    const response_check* check = nullptr; ///< must outlive the call; for layers that rate the peer by its responses
};

} // namespace ulak::http
