// A name server on loopback that answers each question as a test says, and a thread's way to ask it.
#pragma once

#include "async/task.hpp"
#include "http/client/system_lookup.hpp"

#include <boost/asio/basic_datagram_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/redirect_error.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <resolv.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ulak::http::testing {

/// A question as it came.
struct dns_question {
    std::string name{};
    unsigned type = 0;
    std::string packet{};
    std::size_t end = 0; ///< of the question within the packet

    bool for_ipv4() const { return type == 1; }
};

/// Header and question of an answer with this code; what follows are `answers` records.
inline std::string dns_reply(const dns_question& q, unsigned char code, unsigned char answers = 0)
{
    std::string out = q.packet.substr(0, q.end);
    out[2] = '\x81'; // an answer, recursion desired
    out[3] = static_cast<char>(0x80 | code);
    out[7] = static_cast<char>(answers);
    out.replace(8, 4, 4, '\0');
    return out;
}

inline std::string dns_record(unsigned char type, std::string_view data)
{
    std::string out("\xc0\x0c\0?\0\x01\0\0\0\x3c\0?", 12); // the name of the question, for a minute
    out[3] = static_cast<char>(type);
    out[11] = static_cast<char>(data.size());
    return out.append(data);
}

/// The address for whoever asks for one of IPv4, and for the rest that there is none.
inline std::string dns_address(const dns_question& q, std::string_view four_bytes)
{
    return q.for_ipv4() ? dns_reply(q, 0, 1) + dns_record(1, four_bytes) : dns_reply(q, 0);
}

class dns_server {
  public:
    /// The packets that go back; none: silence.
    using script = std::function<std::vector<std::string>(const dns_question&)>;

    dns_server(executor ex, script play) : state_(std::make_shared<state>(ex, std::move(play)))
    {
        boost::asio::ip::udp::endpoint where(boost::asio::ip::address_v4::loopback(), 0);
        state_->socket.open(where.protocol());
        state_->socket.bind(where);
        port = state_->socket.local_endpoint().port();
        boost::asio::co_spawn(ex, serve(state_), [](std::exception_ptr) {});
    }

    ~dns_server()
    {
        boost::system::error_code ignored;
        state_->socket.close(ignored);
    }

    int asked(const std::string& name) const
    {
        const auto found = state_->asked.find(name);
        return found == state_->asked.end() ? 0 : found->second;
    }

    /// getaddrinfo, but this server is asked, once, instead of those of the machine. For a thread of its own.
    lookup_function lookup() const
    {
        return [to = port](const std::string& host) {
            point_this_thread_at(to);
            return system_lookup(host);
        };
    }

    unsigned short port = 0;

  private:
    struct state {
        state(executor ex, script play_) : play(std::move(play_)), socket(ex) {}
        script play;
        boost::asio::basic_datagram_socket<boost::asio::ip::udp, executor> socket;
        std::map<std::string, int> asked{};
    };

    static void point_this_thread_at(unsigned short port)
    {
        if ((_res.options & RES_INIT) == 0)
            ::res_init();
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        there.sin_port = htons(port);
        _res.nsaddr_list[0] = there;
        _res.nscount = 1;
        _res.retry = 1;
        _res.options &= ~static_cast<unsigned long>(RES_DNSRCH | RES_DEFNAMES); // the name as it stands
    }

    static dns_question read(std::string packet)
    {
        constexpr std::size_t header = 12, behind_name = 4;
        dns_question out;
        std::size_t at = header;
        while (at < packet.size() && packet[at] != '\0') {
            const auto size = static_cast<unsigned char>(packet[at]);
            out.name += (out.name.empty() ? "" : ".") + packet.substr(at + 1, size);
            at += 1u + size;
        }
        out.end = at + 1 + behind_name;
        out.type = static_cast<unsigned char>(packet.at(at + 2));
        out.packet = std::move(packet);
        return out;
    }

    static task<> serve(std::shared_ptr<state> s)
    {
        char buffer[1500];
        for (;;) {
            boost::asio::ip::udp::endpoint from;
            boost::system::error_code failed;
            auto token = boost::asio::redirect_error(use_task, failed);
            auto size = co_await s->socket.async_receive_from(boost::asio::buffer(buffer), from, token);
            if (failed)
                co_return;
            const auto question = read(std::string(buffer, size));
            ++s->asked[question.name];
            for (const auto& packet : s->play(question))
                s->socket.send_to(boost::asio::buffer(packet), from, 0, failed);
        }
    }

    std::shared_ptr<state> state_;
};

} // namespace ulak::http::testing
