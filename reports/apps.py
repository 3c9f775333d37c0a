from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "文书与统计"

    def ready(self) -> None:
        """What a submitted draft, a move of a hazard or a letter, or a report's issue calls for
        is issued in the same transaction; the makers of jobs are known.
        """
        import reports.books  # noqa: PLC0415
        import reports.hazard_exports  # noqa: PLC0415
        import reports.layout_jobs  # noqa: PLC0415
        import reports.round_books  # noqa: F401, PLC0415
        from briefs.hooks import on_issued  # noqa: PLC0415
        from feedback.hooks import on_moved as on_letter_moved  # noqa: PLC0415
        from hazards.hooks import on_moved  # noqa: PLC0415
        from reports import brief_papers, letter_papers  # noqa: PLC0415
        from reports.hazard_papers import issue  # noqa: PLC0415
        from reports.issue import issue_documents  # noqa: PLC0415 - needs the models
        from scoring.hooks import on_submitted  # noqa: PLC0415

        on_submitted(issue_documents)
        on_moved(issue)
        on_issued(brief_papers.issue)
        on_letter_moved(letter_papers.issue)
