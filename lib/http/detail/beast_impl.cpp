// The one place where Beast and the TLS part of Asio are compiled; every other file sees declarations.
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
