// Talks to systemd: sd_notify, watchdog and socket activation, without libsystemd.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::daemon {

/// Sends to the socket named by $NOTIFY_SOCKET; does nothing where there is none. Never blocks, never fails.
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
    /// Asks for more time while costly calls come to their outcome.
    void extend_timeout(std::chrono::microseconds more);

    /// How often to call notify_watchdog: half of WATCHDOG_USEC; empty if systemd does not watch.
    std::optional<std::chrono::microseconds> watchdog_interval() const { return watchdog_; }

    /// A listening socket that was passed under that name; each is given once, to the caller who then owns it.
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
