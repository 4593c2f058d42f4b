"""What the event loop takes from asyncio, as it is before the first fixture: a test may patch asyncio's own names."""

from asyncio import CancelledError, Task, all_tasks, current_task, get_running_loop, set_event_loop, sleep, wait

__all__ = ["CancelledError", "Task", "all_tasks", "current_task", "get_running_loop", "set_event_loop", "sleep", "wait"]
