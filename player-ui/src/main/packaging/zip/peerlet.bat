@echo off
rem Starts an unpacked Peerlet on Windows.
setlocal DisableDelayedExpansion
set "here=%~dp0"
if not exist "%here%lib\javafx-graphics-*-win.jar" (
  echo peerlet: this zip is for another system than Windows 1>&2
  exit /b 1
)
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1 ^| findstr /i version"') do if not defined version set "version=%%~v"
if not defined version (
  echo peerlet: Java is missing: install Java 17 to 21, for example from https://adoptium.net 1>&2
  exit /b 1
)
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% LSS 17 (
  echo peerlet: Java %version% is too old: install Java 17 to 21 1>&2
  exit /b 1
)
if %major% GTR 21 (
  echo peerlet: Java %version% is too new: install Java 17 to 21, and set JAVA_HOME to it 1>&2
  exit /b 1
)
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms40m -Xmn16m -Xlog:disable -Xlog:all=error:stderr -cp "%here%lib\*" org.peerlet.ui.cli.Peerlet %*
exit /b %ERRORLEVEL%
