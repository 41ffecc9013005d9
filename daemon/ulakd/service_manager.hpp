// What systemd wants to hear and what it hands over: sd_notify and socket activation, without libsystemd.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::daemon {

/// Speaks to the socket named by $NOTIFY_SOCKET; says nothing where there is none. Never blocks.
class service_manager {
  public:
    /// Takes $NOTIFY_SOCKET, $WATCHDOG_USEC and $LISTEN_FDS out of the environment, so that child processes do not get
    /// them.
    service_manager();
    ~service_manager();
    service_manager(const service_manager&) = delete;
    service_manager& operator=(const service_manager&) = delete;

    void ready(std::string_view status);
    void reloading();
    void status(std::string_view text);
    void stopping(std::string_view status);
    void notify_watchdog();
    /// Asks for more time while costly calls come to their end.
    void extend_timeout(std::chrono::microseconds more);

    /// Half of WATCHDOG_USEC; nullopt if nobody watches.
    std::optional<std::chrono::microseconds> watchdog_interval() const { return watchdog_; }

    /// A listening socket passed under that name; each is given once.
    std::optional<int> take_listener(std::string_view name);

  private:
    void notify(const std::string& lines);

    int socket_ = -1;
    std::string address_;
    std::optional<std::chrono::microseconds> watchdog_;
    struct listener {
        std::string name;
        int fd;
    };
    std::vector<listener> listeners_;
};

} // namespace ulak::daemon
