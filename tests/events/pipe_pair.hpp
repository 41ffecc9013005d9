// Both ends of a pipe, closed at the end of the test.
#pragma once

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <string>

namespace ulak::events {

struct pipe_pair {
    pipe_pair() { BOOST_REQUIRE(::pipe2(ends, O_CLOEXEC) == 0); }
    ~pipe_pair()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    pipe_pair(const pipe_pair&) = delete;
    pipe_pair& operator=(const pipe_pair&) = delete;

    /// Everything that comes until nothing does for `patience` milliseconds.
    std::string read_all(int patience)
    {
        std::string out;
        char buffer[65536];
        for (pollfd p = {ends[0], POLLIN, 0}; ::poll(&p, 1, patience) == 1;) {
            const auto size = ::read(ends[0], buffer, sizeof(buffer));
            if (size <= 0)
                break;
            out.append(buffer, static_cast<std::size_t>(size));
        }
        return out;
    }

    int ends[2] = {-1, -1};
};

} // namespace ulak::events
