// Commands as they are typed, against a daemon that answers what a test says.
#pragma once

#include "core/text.hpp"
#include "ulakctl/command_line.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace ulak::ctl::testing {

/// Answers by "VERB target", each time with the next answer; the last one stays. Remembers what it was asked.
class scripted_daemon final : public daemon_transport {
  public:
    void on(const std::string& asked, std::string body, int status = 200)
    {
        answers_[asked].push_back(reply{std::move(body), status});
    }
    void refuse(const std::string& asked, int status, const std::string& code, const std::string& detail)
    {
        boost::json::object problem{{"code", code}, {"detail", detail}};
        on(asked, boost::json::serialize(problem), status);
    }

    result<http::response> send(http::request r, std::chrono::milliseconds timeout) override
    {
        const std::string key = std::string(http::name(r.verb)) + " " + r.target;
        asked.push_back(key);
        bodies.push_back(r.body);
        headers.push_back(r.headers);
        timeouts.push_back(timeout);
        if (away)
            return error(errc::connect_failed, "nobody listens");
        auto found = answers_.find(key);
        http::response out;
        out.status = found == answers_.end() ? 404 : found->second.front().status;
        out.body = found == answers_.end() ? "{\"code\":\"not_found\",\"detail\":\"no such thing\"}"
                                           : found->second.front().body;
        if (found != answers_.end() && found->second.size() > 1)
            found->second.pop_front();
        return out;
    }

    void pause(std::chrono::milliseconds) override { ++pauses; }
    int pauses = 0;

    result<void> follow(http::request r, std::function<bool(std::string_view)> on_bytes) override
    {
        asked.push_back("FOLLOW " + r.target);
        for (const std::string& piece : pieces)
            on_bytes(piece);
        if (stream_error)
            return *stream_error;
        return {};
    }

    std::vector<std::string> asked, bodies, pieces;
    std::vector<http::header_list> headers;
    std::vector<std::chrono::milliseconds> timeouts;
    std::optional<error> stream_error;
    bool away = false; ///< no daemon listens

  private:
    struct reply {
        std::string body;
        int status;
    };
    std::map<std::string, std::deque<reply>> answers_;
};

/// What a command line came to.
struct outcome {
    int code = -1;
    std::string out, err;
};

/// A stream into memory.
class captured {
  public:
    captured() : file_(::open_memstream(&data_, &size_)) {}
    ~captured()
    {
        std::fclose(file_);
        std::free(data_);
    }
    captured(const captured&) = delete;
    captured& operator=(const captured&) = delete;
    std::FILE* file() const { return file_; }
    std::string text() const
    {
        std::fflush(file_);
        return std::string(data_, size_);
    }

  private:
    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::FILE* file_;
};

struct cli_fixture {
    std::shared_ptr<scripted_daemon> daemon = std::make_shared<scripted_daemon>();
    screen look{}; ///< of standard output

    cli_fixture()
    {
        ::setenv("TZ", "UTC", 1);
        ::unsetenv("ULAK_SOCKET");
        ::unsetenv("ULAK_CONFIG");
    }

    /// `ulakctl` with these words.
    outcome run(std::vector<std::string> words)
    {
        words.insert(words.begin(), "ulakctl");
        std::vector<const char*> argv;
        for (const std::string& word : words)
            argv.push_back(word.c_str());
        std::ostringstream help, errors;
        auto parsed = parse_command_line(static_cast<int>(argv.size()), argv.data(), help, errors);
        outcome result;
        if (const int* code = std::get_if<int>(&parsed)) {
            result.code = *code;
            result.out = help.str();
            result.err = errors.str();
            return result;
        }
        auto& asked = std::get<invocation>(parsed);
        captured out, err;
        cli_context context(daemon_client(daemon, "/run/test.sock"), asked.output, look, out.file(), err.file());
        result.code = asked.definition->run(context, asked.args);
        result.out = out.text();
        result.err = err.text();
        return result;
    }
};

inline bool contains(const std::string& text, const std::string& part)
{
    const bool found = text.find(part) != std::string::npos;
    if (!found)
        BOOST_TEST_MESSAGE("not in: " << text);
    return found;
}

} // namespace ulak::ctl::testing
