#include "ulakctl/terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

namespace ulak::ctl {

namespace {

constexpr std::size_t usual_height = 24;
constexpr char enter_screen[] = "\033[?1049h\033[?25l";
constexpr char leave_screen[] = "\033[?25h\033[?1049l";

termios saved_mode = {};
volatile std::sig_atomic_t quit_requested = 0;
volatile std::sig_atomic_t resized = 0;

void on_signal(int number)
{
    (number == SIGWINCH ? resized : quit_requested) = 1;
}

void install_handler(int number)
{
    struct sigaction act = {};
    act.sa_handler = on_signal; // without SA_RESTART: poll must return
    ::sigaction(number, &act, nullptr);
}

void write_out(const char* text)
{
    std::fputs(text, stdout);
    std::fflush(stdout);
}

} // namespace

live_terminal::live_terminal()
{
    for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH})
        install_handler(number);
    ::tcgetattr(STDIN_FILENO, &saved_mode);
    termios raw = saved_mode;
    raw.c_lflag &= static_cast<tcflag_t>(~(ICANON | ECHO));
    ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    write_out(enter_screen);
}

live_terminal::~live_terminal()
{
    write_out(leave_screen);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &saved_mode);
}

void live_terminal::show(const std::vector<std::string>& lines)
{
    std::string out = "\033[H";
    for (std::size_t i = 0; i < lines.size(); ++i)
        out += lines[i] + (i + 1 < lines.size() ? "\033[K\r\n" : "\033[K");
    write_out((out + "\033[J").c_str());
}

std::size_t live_terminal::height() const
{
    struct winsize size = {};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : usual_height;
}

live_terminal::input live_terminal::wait(std::chrono::milliseconds patience)
{
    pollfd keys = {STDIN_FILENO, POLLIN, 0};
    const int got = ::poll(&keys, 1, static_cast<int>(patience.count()));
    if (quit_requested)
        return input::quit;
    if (resized) {
        resized = 0;
        return input::redraw;
    }
    if (got <= 0)
        return input::nothing;
    char key = 0;
    const ssize_t n = ::read(STDIN_FILENO, &key, 1);
    if (n == 0 || (n < 0 && errno != EINTR) || key == 'q' || key == 'Q' || key == '\033')
        return input::quit;
    return input::redraw;
}

} // namespace ulak::ctl
