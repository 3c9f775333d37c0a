@echo off
rem The twin of ./run for Windows.
setlocal
for %%P in ("py -3.13" "py -3.12" "py -3.11" "python" "python3") do (
    %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
        %%~P "%~dp0tools\bootstrap.py" %*
        exit /b
    )
)
echo Python 3.11 or newer is needed: winget install Python.Python.3.13 1>&2
exit /b 1
