from tests.moved_clock import main

main()
