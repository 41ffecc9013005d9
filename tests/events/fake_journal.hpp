// A folder, and a socket in it that stands for journald's.
#pragma once

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>

namespace ulak::events {

struct fake_journal {
    fake_journal()
    {
        char name[] = "/tmp/ulak-events-XXXXXX";
        folder = ::mkdtemp(name);
        path = folder + "/socket";
        listen();
    }
    ~fake_journal()
    {
        ::close(fd);
        std::filesystem::remove_all(folder);
    }
    fake_journal(const fake_journal&) = delete;
    fake_journal& operator=(const fake_journal&) = delete;

    void listen()
    {
        sockaddr_un at = {};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, path.data(), path.size());
        fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        BOOST_REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof(at)) == 0);
    }

    /// Takes the socket away, as a stopped journald does.
    void stop()
    {
        ::close(fd);
        std::filesystem::remove(path);
    }

    /// The next record, from its memfd when it came in one.
    std::string receive()
    {
        pollfd p = {fd, POLLIN, 0};
        BOOST_REQUIRE(::poll(&p, 1, 5'000) == 1);
        std::string bytes(1 << 16, '\0');
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        iovec part = {bytes.data(), bytes.size()};
        msghdr m = {};
        m.msg_iov = &part;
        m.msg_iovlen = 1;
        m.msg_control = control;
        m.msg_controllen = sizeof(control);
        const auto size = ::recvmsg(fd, &m, 0);
        BOOST_REQUIRE(size >= 0);
        bytes.resize(static_cast<std::size_t>(size));
        if (const auto* head = CMSG_FIRSTHDR(&m))
            return from_memory(head);
        return bytes;
    }

    std::string from_memory(const cmsghdr* head)
    {
        int memory = -1;
        std::memcpy(&memory, CMSG_DATA(head), sizeof(memory));
        struct stat seen = {};
        ::fstat(memory, &seen);
        std::string bytes(static_cast<std::size_t>(seen.st_size), '\0');
        BOOST_TEST(::pread(memory, bytes.data(), bytes.size(), 0) == seen.st_size);
        constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
        BOOST_TEST(::fcntl(memory, F_GET_SEALS) == seals);
        ::close(memory);
        ++memories;
        return bytes;
    }

    std::string folder, path;
    int fd = -1;
    int memories = 0; ///< records that came in a memfd
};

} // namespace ulak::events
